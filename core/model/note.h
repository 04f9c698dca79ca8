/* note: what a person said about something - a comment at a time, a dispute, an acknowledgement, a
 * coaching tip.
 *
 * Never edited, never deleted; an answer is a note about a note.
 */
#ifndef MODEL_NOTE_H
#define MODEL_NOTE_H

#include "model/call.h"

enum note_kind {
    NOTE_COMMENT,
    NOTE_DISPUTE,
    NOTE_ACKNOWLEDGEMENT,
    NOTE_COACHING,
    NOTE_REPLY,
    NOTE_KINDS
};
extern const char *const note_kind_names[]; /* comment dispute acknowledgement coaching reply */

enum note_about { NOTE_CALL, NOTE_SHEET, NOTE_ISSUE, NOTE_EXEMPLAR, NOTE_NOTE, NOTE_ABOUTS };
extern const char *const note_about_names[]; /* call sheet issue exemplar note */

struct note {
    int64_t id; /* 0 until stored */
    enum note_kind kind;
    enum note_about about;
    const char *target;   /* id of what it is about */
    const char *question; /* id of a question, or "" */
    int64_t at_ms;        /* place in the call, or CALL_UNKNOWN */
    int64_t author_user;
    const char *author_name;
    int64_t made_at;  /* UTC ms */
    const char *text; /* Markdown */
};

#endif
