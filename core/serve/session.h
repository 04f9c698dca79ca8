/* session: who is asking.
 *
 * A session is 32 random bytes in a cookie; the store keeps only their hash. It ends after 30
 * minutes without a request, after 12 hours, and at sign-out. Its form token is derived from it,
 * so it needs no keeping. At most four passwords are checked at once (64 MiB each).
 */
#ifndef SERVE_SESSION_H
#define SERVE_SESSION_H

#include "serve/response.h"

/* Checks login and password, makes a session, sets r->user and the cookie of `out`. False:
 * ERR_INPUT (wrong, never which of the two), ERR_BUSY (too many tries, or too many at once; the
 * sentence says how long to wait). Writes the audit entry either way. */
bool session_sign_in(struct app *app, struct request *r, struct response *out, const char *login,
                     const char *password, struct err *e);

/* Ends the session on the server and removes the cookie. Fine where there is none. */
bool session_sign_out(struct app *app, struct request *r, struct response *out, struct err *e);

/* Sets a new password after checking the old one, ends the user's other sessions. */
bool session_change_password(struct app *app, struct request *r, const char *old, const char *new,
                             struct err *e);

/* For the dispatcher: r->user, r->session and r->token from the cookie. An unknown or ended session
 * is nobody. */
bool session_recognise(struct app *app, struct request *r, struct err *e);

/* Writes down that this person takes a list away as a file. Nothing leaves where it cannot be
 * noted. */
bool session_note_export(struct app *app, struct request *r, struct err *e);

enum { SESSION_TOKEN = 65 };
/* The form token of a session. */
void session_form_token(const char *session, char out[SESSION_TOKEN]);

#endif
