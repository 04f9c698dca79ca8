/* assets: the files that travel inside the program: pages and browser files. */
#ifndef SERVE_ASSETS_H
#define SERVE_ASSETS_H

#include "base/slice.h"

/* The built-in page `name` (without ".md"); p is NULL where there is none. */
struct slice assets_page(const char *name);

/* A browser file by its file name; p is NULL where there is none. */
struct slice assets_static(const char *name);

/* Does the name carry a hash of the bytes ("app-1A2B3C4D.js"), so that it may be kept for ever? */
bool assets_is_hashed(const char *name);

const char *assets_type(const char *name); /* content type by the name's end */

#endif
