#include "model/note.h"

const char *const note_kind_names[] = {"comment",  "dispute", "acknowledgement",
                                       "coaching", "reply",   NULL};
const char *const note_about_names[] = {"call", "sheet", "issue", "exemplar", "note", NULL};
