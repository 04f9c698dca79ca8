/* Amazon Transcribe, the JSON of a batch job: results.items[] of words and signs, whose times are
 * texts of seconds. Who speaks stands in the words, or in speaker_labels.segments[] by time; a job
 * over two channels has the words of each under channel_labels.
 *
 * The name of the file is the key, so that a recording of that name finds it, whenever it comes.
 * Only where Amazon made the name of the job's ("redacted-H-7"), or gives all the same one
 * ("asrOutput"), the job's name is. It is kept as metadata, too. */
#include "ingest/record.h"
#include "ingest/spoken.h"

#include <string.h>

#include "base/file.h"

static const struct spoken_shape word = {.unit = SPOKEN_SECONDS,
                                         .text = "alternatives.0.content",
                                         .voice = "speaker_label",
                                         .start = "start_time",
                                         .end = "end_time"};
static const struct spoken_shape segment = {
    .unit = SPOKEN_SECONDS, .voice = "speaker_label", .start = "start_time", .end = "end_time"};

static bool has_words(const struct json *j)
{
    const struct json *results = json_get(j, "results");
    return json_get(results, "transcripts") && json_get(results, "items");
}

/* What AWS says of a job, and what a job that failed leaves. */
static const char *state_of(const struct json *j)
{
    bool named = json_text(json_path(j, "jobName|JobName|TranscriptionJob.TranscriptionJobName|"
                                        "CallAnalyticsJob.CallAnalyticsJobName"));
    const char *state =
        json_text(json_path(j, "status|JobStatus|TranscriptionJob.TranscriptionJobStatus|"
                               "CallAnalyticsJob.CallAnalyticsJobStatus"));
    return named && state && !json_get(j, "Transcript") ? state : NULL;
}

static bool fits(const struct reader_input *in)
{
    return has_words(in->json) || state_of(in->json);
}

static bool say_state(const struct json *j, struct err *e)
{
    const char *state = state_of(j);
    const char *why =
        json_text(json_path(j, "failureReason|FailureReason|TranscriptionJob.FailureReason|"
                               "CallAnalyticsJob.FailureReason"));
    if (strcmp(state, "FAILED") == 0)
        return err_set(e, ERR_INPUT, "the transcription failed there%s%.300s", why ? ": " : "",
                       why ? why : "");
    if (strcmp(state, "COMPLETED") == 0)
        return err_set(e, ERR_INPUT,
                       "says only that a job is done; import the transcript that the job wrote");
    return err_set(e, ERR_INPUT, "the transcription is not done there yet: %.40s", state);
}

static bool read_channels(struct spoken *s, const struct json *channels, struct err *e)
{
    int number = 0;
    for (const struct json *c = json_first(channels); c; c = json_next(c), number++) {
        if (!spoken_words(s, json_get(c, "items"), &word, number, e))
            return err_within(e, "channels[%d]", number);
    }
    return true;
}

static bool set_key(struct spoken *s, const char *job, struct err *e)
{
    const char *key = s->in->key, *name = file_name_of(key);
    bool redacted = strncmp(name, "redacted-", 9) == 0 && strcmp(name + 9, job) == 0;
    if (*job && (redacted || strcmp(name, "asrOutput") == 0))
        key = arena_format(s->a, "%.*s%s", (int)(name - key), key, job);
    return record_set_text(s->draft, s->a, "key", key, e) &&
           record_meta_text(s->draft, s->a, "job_name", job, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    const struct json *results = json_get(in->json, "results");
    if (!has_words(in->json))
        return say_state(in->json, e);
    const struct json *channels = json_path(results, "channel_labels.channels");
    spoken_start(&s, in, a, out);
    return set_key(&s, json_get_text(in->json, "jobName", ""), e) &&
           spoken_language(&s, json_get(results, "language_code"), e) &&
           spoken_line(&s, json_path(results, "speaker_labels.segments"), &segment, e) &&
           (channels ? read_channels(&s, channels, e)
                     : spoken_words(&s, json_get(results, "items"), &word, -1, e)) &&
           spoken_end(&s, e);
}

const struct reader reader_transcribe = {
    {"transcribe",
     "Amazon Transcribe, the JSON of a batch job, speakers or channels; keyed by its file's name",
     "{\"jobName\": \"H-7\", \"results\": {\"transcripts\": [...], \"items\": [{\"start_time\": "
     "\"0.04\", ...}]}}"},
    READER_TRANSCRIPT,
    fits,
    read};
