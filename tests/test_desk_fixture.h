/* A small centre for the suites of desks: two teams, an agent and a lead in one, another agent in
 * the other, one user a role, three calls, one published card by hand.
 *
 *   calls[0]  voice, billing, agent a1 of team red, four turns; scored by the card
 *   calls[1]  voice, billing, agent a2 of team blue; recorded
 *   calls[2]  chat, support, agent a1: no card fits
 *
 * The lead leads red, the agent user is a1. */
#ifndef TESTS_TEST_DESK_FIXTURE_H
#define TESTS_TEST_DESK_FIXTURE_H

#include "desk/desk.h"
#include "model/call.h"
#include "model/form.h"
#include "model/sheet.h"

#define CENTRE_RECORDING "0123456789"
#define CENTRE_PEAKS     "peaks"
enum { CENTRE_CALLS = 3 };

struct centre {
    struct arena *arena;
    struct store *store;
    int64_t now; /* UTC ms */
    int64_t users[STORE_ROLES];
    struct call calls[CENTRE_CALLS];
    int64_t card;    /* the published version, "voice-card" 1.0 */
    int64_t machine; /* the automatic sheet of calls[0] */
};

void centre_open(struct centre *c);
void centre_close(struct centre *c);

/* Who asks: the user of this role, on the writing store, a second later each time. */
struct desk centre_desk(struct centre *c, enum store_role role);

/* The form of the card: greeting (choice, N/A, any locus), tags (multi, N/A), minutes (number),
 * remark (text), seen (date), identity (choice, no fails the form and needs a note), why (choice,
 * asked only where greeting is no). */
const struct form *centre_form(void);

/* Publishes a further version of the card. */
int64_t centre_publish(struct centre *c, const char *version);

#endif
