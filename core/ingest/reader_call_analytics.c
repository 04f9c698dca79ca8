/* Amazon Transcribe Call Analytics, as the post-call job writes it: Transcript[] of turns with
 * ParticipantRole AGENT or CUSTOMER, whole milliseconds, and Items[] with the time of each word.
 *
 * Marks of redaction ("[PII]") are words like any other. What the product itself found out
 * (sentiment of the whole, categories) is kept as metadata; the measures are worked out from the
 * words, as for every call. */
#include "ingest/mood.h"
#include "ingest/reader.h"

#include <string.h>

#include "base/buf.h"

enum { LOOK_ON = 200 }; /* bytes of text without the word, so that none makes this slow */

static bool fits(const struct reader_input *in)
{
    const struct json *turns = json_get(in->json, "Transcript");
    return json_kind(turns) == JSON_ARRAY && !json_get(in->json, "Version") &&
           (json_get(in->json, "JobName") || json_get(in->json, "ConversationCharacteristics"));
}

static bool get_ms(const struct json *j, const char *name, int64_t *out)
{
    return json_integer(json_get(j, name), out) && *out >= 0 && *out <= DRAFT_MS_MOST;
}

/* The word behind blanks and signs, or inside the piece of text up to the next blank: found only
 * behind other words it is not this one. */
static const char *find_word(const char *from, const char *word)
{
    size_t n = strlen(word);
    bool signs = true, piece = true;
    for (const char *at = from; (signs || piece) && at <= from + LOOK_ON; at++) {
        if (strncmp(at, word, n) == 0)
            return at;
        if (!*at)
            break;
        signs &= strchr(" .,?!", *at) != NULL, piece &= *at != ' ';
    }
    return NULL;
}

/* Finds each word in the text from left to right; what stands elsewhere or has no time is left out.
 */
static void add_words(struct call_turn *t, struct arena *a, const struct json *items)
{
    struct call_word *words = arena_array(a, json_count(items), sizeof *words);
    const char *from = t->text;
    size_t n = 0;
    for (const struct json *i = json_first(items); i; i = json_next(i)) {
        int64_t start, end;
        const char *word = json_get_text(i, "Content", "");
        const char *at = *word ? find_word(from, word) : NULL;
        if (!at || !get_ms(i, "BeginOffsetMillis", &start) || !get_ms(i, "EndOffsetMillis", &end) ||
            start > end || end > UINT32_MAX)
            continue;
        from = at + strlen(word);
        words[n++] = (struct call_word){(uint32_t)(at - t->text), (uint32_t)(from - t->text),
                                        (uint32_t)start, (uint32_t)end};
    }
    t->words = n ? words : NULL;
    t->n_words = n;
}

static int side_of(const char *role)
{
    return strcmp(role, "AGENT") == 0      ? CALL_AGENT
           : strcmp(role, "CUSTOMER") == 0 ? CALL_CUSTOMER
           : strcmp(role, "SYSTEM") == 0   ? CALL_SYSTEM
                                           : -1;
}

static bool read_turn(const struct json *j, struct arena *a, struct draft *d, struct err *e)
{
    const char *role = json_get_text(j, "ParticipantRole", ""),
               *content = json_text(json_get(j, "Content"));
    int side = side_of(role);
    if (side < 0)
        return err_set(e, ERR_INPUT, "ParticipantRole: \"%.40s\" is not AGENT or CUSTOMER", role);
    if (!content || strlen(content) > DRAFT_TURN_MOST)
        return err_set(e, ERR_INPUT, "Content: a text of at most %d bytes belongs here",
                       DRAFT_TURN_MOST);
    struct call_turn *t = draft_add_turn(d, a, e);
    if (!t)
        return false;
    t->side = (enum call_side)side;
    if (!get_ms(j, "BeginOffsetMillis", &t->start_ms) ||
        !get_ms(j, "EndOffsetMillis", &t->end_ms) || t->end_ms < t->start_ms)
        return err_set(
            e, ERR_INPUT,
            "BeginOffsetMillis, EndOffsetMillis: whole milliseconds in order belong here");
    t->text = draft_clean(a, slice_of(content));
    struct mood mood = {0};
    mood_add(&mood, json_get(j, "Sentiment"));
    mood_give(&mood, t);
    add_words(t, a, json_get(j, "Items"));
    return true;
}

static bool add_number(struct draft *d, struct arena *a, const char *name, const struct json *j,
                       struct err *e)
{
    struct buf b = {0};
    if (json_kind(j) == JSON_NUMBER)
        json_print(j, &b);
    bool ok = draft_add_meta(d, a, name, buf_all(&b), e);
    buf_free(&b);
    return ok;
}

static bool add_findings(const struct json *j, struct arena *a, struct draft *d, struct err *e)
{
    const struct json *sentiment = json_get(
        json_get(json_get(j, "ConversationCharacteristics"), "Sentiment"), "OverallSentiment");
    const struct json *categories = json_get(json_get(j, "Categories"), "MatchedCategories");
    struct buf names = {0};
    for (const struct json *c = json_first(categories); c; c = json_next(c)) {
        if (json_text(c))
            buf_format(&names, "%s%s", names.n ? ", " : "", json_text(c));
    }
    bool ok = add_number(d, a, "sentiment_agent", json_get(sentiment, "AGENT"), e) &&
              add_number(d, a, "sentiment_customer", json_get(sentiment, "CUSTOMER"), e) &&
              draft_add_meta(d, a, "categories", buf_all(&names), e);
    buf_free(&names);
    return ok;
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct draft *d = draft_new(out, a);
    const char *key = json_get_text(in->json, "ContactId", NULL);
    if (!key || !*key)
        key = json_get_text(in->json, "JobName", "");
    d->derived_key = !*key;
    d->call.source = in->source;
    if (!draft_set_text(d, a, "key", slice_of(*key ? key : in->key), false, e) ||
        !draft_set_text(d, a, "language", slice_of(json_get_text(in->json, "LanguageCode", "")),
                        false, e))
        return false;
    size_t i = 0;
    const struct json *turns = json_get(in->json, "Transcript");
    for (const struct json *t = json_first(turns); t; t = json_next(t), i++) {
        struct err inner = {0};
        if (!read_turn(t, a, d, &inner))
            return err_set(e, inner.kind, "Transcript[%zu].%s", i, inner.text);
    }
    return add_findings(in->json, a, d, e);
}

const struct reader reader_call_analytics = {
    {"call-analytics", "Amazon Transcribe Call Analytics, the JSON of a post-call job",
     "{\"JobName\": \"H-7\", \"Transcript\": [{\"ParticipantRole\": \"AGENT\", ...}], ...}"},
    READER_TRANSCRIPT,
    fits,
    read};
