/* freeswitch: what a FreeSWITCH call record means, whether it came as JSON or as XML. */
#ifndef INGEST_FREESWITCH_H
#define INGEST_FREESWITCH_H

#include "ingest/record.h"

/* The value of a channel variable, or "" - percent-decoded where it is valid percent-encoding. */
typedef const char *freeswitch_get(const void *context, const char *name, struct arena *a);

/* `profile` answers for the call's last profile: "times.answered_time",
 * "caller_profile.destination_number" and so on; it may know nothing. */
struct freeswitch {
    freeswitch_get *variable, *profile;
    const void *context;
};

bool freeswitch_read(const struct freeswitch *f, struct arena *a, struct draft *d, struct err *e);

/* Undoes %hh where all of them are whole; else the text as it is. */
const char *freeswitch_decode(const char *text, struct arena *a);

#endif
