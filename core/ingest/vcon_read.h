/* vcon_read: what the files that read vCons share. */
#ifndef INGEST_VCON_READ_H
#define INGEST_VCON_READ_H

#include "ingest/record.h"
#include "ingest/vcon.h"

struct vcon_party {
    int side; /* -1: nobody says */
    const char *name, *address;
};

struct vcon_dialog {
    const struct json *json;
    int64_t start; /* CALL_UNKNOWN */
    size_t number;
};

struct vcon_read {
    const struct reader_input *in;
    struct drafts *out;
    struct arena *a;
    struct draft *d;
    struct vcon_party *parties;
    size_t n_parties;
    const char *names[CALL_SIDES]; /* of those on a side, parted by commas; NULL: not listed yet */
    struct vcon_dialog *dialogs;   /* by start */
    size_t n_dialogs;
    size_t *places;                 /* in `dialogs`, by their number */
    const struct vcon_dialog *kept; /* the one whose recording is the call's; NULL */
    int64_t began;                  /* offset 0 of the turns */
    size_t recordings, transfers, texts;
};

/* The first party of what stands in `parties`, or -1. */
int64_t vcon_first_party(const struct json *list);
int vcon_side_at(const struct vcon_read *v, int64_t party); /* system where nobody says */
int64_t vcon_offset(const struct vcon_read *v, int64_t at);
int64_t vcon_ms(const struct json *seconds);
bool vcon_add_turn(struct vcon_read *v, int side, int64_t start, int64_t length, const char *text,
                   struct err *e);

/* The turns of the transcripts among the analyses, the first of each dialog that is no text. */
bool vcon_add_transcripts(struct vcon_read *v, const struct json *analyses, struct err *e);

/* What the histories of the parties say of a recorded call whose times are set: offered when the
 * first party came, answered and wait_ms when the first agent did, hold_ms while a customer was on
 * hold; metadata holds and longest_hold_ms. */
bool vcon_add_history(struct vcon_read *v, struct err *e);

/* campaign, skill and the like of the dialogs, as metadata. */
bool vcon_add_contact(struct vcon_read *v, struct err *e);

#endif
