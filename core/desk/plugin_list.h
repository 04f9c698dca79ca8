/* plugin_list: the plugins of a site, as its people see them. */
#ifndef DESK_PLUGIN_LIST_H
#define DESK_PLUGIN_LIST_H

#include "desk/desk.h"
#include "model/table.h"

struct plugins;

/* Where a site puts its own: `plugins` in the data folder, in the desk's arena. */
const char *plugin_list_folder(const struct desk *d);

/* A row a plugin: which, whether it is on or why not, its hooks, where it lies. In `a`. */
struct table *plugin_list_table(struct plugins *p, struct arena *a);
/* The same for the desk's site: every plugin is loaded and its tests are run for it. */
struct table *plugin_list_of(const struct desk *d);

#endif
