/* merge: one call out of what is known of it and what came later: a record after its recording, a
 * transcript after both, the same record with more in it. A pure function. */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include "model/call.h"

/* MERGE_RECORD: the newer one describes the call; what it knows wins.
 * MERGE_PART: a recording or a transcript that nothing describes. It brings its recording and its
 * turns; what its name or its text say of the call besides only fills gaps. */
enum merge_kind { MERGE_RECORD, MERGE_PART };

/* `known` completed by `given`, the newer, both whole (call_finish); texts are shared with both. Identity (id,
 * source, key) stays that of `known`. What `newer` does not know erases nothing. Words that have no
 * "not known" (channel, direction, outcome) are believed where they are not the usual one, or where
 * the newer is a record that knows when the call was. Metadata goes by name. A call keeps
 * CALL_PAIRS_MOST pieces: what comes when it has nearly as many is left out, unless it says how a
 * recording or its words came about, and metadata meta_left_out says how much that was. Merging the
 * same again changes nothing; nor does a record that its source wrote before what is known of the
 * call (metadata `updated`, as clock_print writes it).
 *
 * What a survey answered (metadata survey_csat, survey_nps, survey_resolved) is changed by another
 * answer of a survey alone.
 *
 * A record put together from legs (metadata `legs`, no `updated`) only fills the gaps of one that
 * followed the call to its end (`updated`, `open` = no), in whichever order they come: a leg is
 * answered by a queue as well as by a person.
 *
 * A recording or words that are redacted (metadata recording_redacted, transcript_redacted = yes)
 * are never replaced by such as are not. */
void merge_calls(const struct call *known, const struct call *given, enum merge_kind kind,
                 struct arena *a, struct call *out);

/* Has `newer` the redacted recording, or the redacted words, of which `known` has the original? */
bool merge_redacts(const struct call *known, const struct call *newer);

#endif
