/* call_json: a call in our own format (reader_json.c), as others take it out. What the reader makes
 * of it is the same call but for its recording, which lies in a file of its own: kept_recording
 * names its hash, recording_sides who is on which channel. */
#ifndef INGEST_CALL_JSON_H
#define INGEST_CALL_JSON_H

#include "base/json.h"
#include "model/call.h"

/* Without the turns. Yours to free. */
struct json *call_json(const struct call *c);
struct json *call_json_turns(const struct call *c);

#endif
