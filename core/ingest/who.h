/* who: which side a name belongs to.
 *
 * A name that begins with one of a few words (who.c) says its side, alone or before the person's
 * own name ("Agent Eleni", "customer-2"). Any other name belongs to a side only where the options
 * say so; nothing is guessed from what was said.
 */
#ifndef INGEST_WHO_H
#define INGEST_WHO_H

#include "base/slice.h"
#include "ingest/ingest.h"

/* The side of `name`, or -1. The options' lists come first: names parted by commas, in any case;
 * one that begins with @ fits every name that ends so (addresses of a domain). `options` may be
 * NULL. */
int who_side(const struct ingest_options *options, struct slice name);

/* Who is on the i-th channel (from 0) where that decides: as the options say it of recordings; the
 * agent on the first and the customer on the second of two where they do not. -1: nobody knows. */
int who_channel(const struct ingest_options *options, size_t i, size_t channels);

/* "agent: Hello" without the name, which is given in `name`; the text itself and an empty name
 * where no side's name stands at its front. */
const char *who_cut(const struct ingest_options *options, const char *text, struct slice *name);

#endif
