/* people: the desk of users: adding them, new passwords, leaving. */
#ifndef DESK_PEOPLE_H
#define DESK_PEOPLE_H

#include "desk/desk.h"
#include "model/table.h"

enum { PEOPLE_PASSWORD = 32 };

/* Adds a user (id, password and settings of `u` are not read) with a password made here, shown once
 * to who asked. */
bool people_add(struct desk *d, const struct store_user *u, char password[PEOPLE_PASSWORD],
                struct err *e);

/* A new password for somebody who lost theirs; ends their sessions. */
bool people_reset_password(struct desk *d, const char *login, char password[PEOPLE_PASSWORD],
                           struct err *e);

/* Lets somebody in again, or no more. Nothing that they wrote is touched. */
bool people_set_active(struct desk *d, const char *login, bool active, struct err *e);

bool people_table(struct desk *d, struct table **out, struct err *e);

#endif
