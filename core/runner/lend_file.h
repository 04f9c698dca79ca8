/* lend_file: a file as a plugin's reader sees it. Its bytes are never copied whole. */
#ifndef RUNNER_LEND_FILE_H
#define RUNNER_LEND_FILE_H

#include "runner/sandbox.h"

/* Pushes the table that a reader is given, for the file in `s->file`. */
void lend_file_push(struct sandbox *s);

/* Hands over what stands at `index` as a call that was found. Raises where it cannot. */
void lend_file_found(lua_State *L, int index);

#endif
