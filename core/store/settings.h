/* settings: what a site decides for itself, by name. Which names there are, and what holds where
 * nothing was decided, is a desk's matter. Every change is an event. */
#ifndef STORE_SETTINGS_H
#define STORE_SETTINGS_H

#include "store/store.h"

/* NULL where nothing was decided. */
bool store_setting_get(struct store *s, const char *name, struct arena *a, const char **out,
                       struct err *e);
bool store_setting_put(struct store *s, const char *name, const char *value,
                       const struct store_act *act, struct err *e);

#endif
