#include "test_ingest_fixture.h"

#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/utf8.h"
#include "base/json.h"
#include "runner/runner.h"
#include "support.h"

/* What the file holds, which must be what its hash says. */
static struct slice bytes_of(struct outcome *o, const struct ingest_file *f)
{
    struct err e = {0};
    struct slice bytes;
    char hash[HASH_TEXT];
    ck_assert_msg(file_read(o->a, f->path, 64 << 20, &bytes, &e), "%s", e.text);
    hash_text(bytes, hash);
    ck_assert_str_eq(hash, f->hash);
    return bytes;
}

/* Before the calls; what is temporary is gone afterwards. */
static bool keep(void *context, const struct ingest_recording *r, struct err *e)
{
    struct outcome *o = context;
    const struct ingest_file *const all[] = {&r->file, &r->copy, &r->sides[0], &r->sides[1]};
    (void)e;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!all[i]->path)
            continue;
        struct kept *k = arena_take(o->a, sizeof *k);
        *k = (struct kept){o->kept, all[i]->hash, bytes_of(o, all[i])};
        k->hash = arena_copy(o->a, k->hash);
        ck_assert_int_eq(all[i]->bytes, (int64_t)k->bytes.n);
        o->kept = k;
    }
    return true;
}

static struct slice find_kept(const struct outcome *o, const struct ingest_file *f)
{
    const struct kept *k = o->kept;
    while (k && strcmp(k->hash, f->hash) != 0)
        k = k->next;
    ck_assert_msg(k != NULL, "%s", f->hash);
    return k->bytes;
}

static bool take(void *context, const struct ingest_item *item, struct err *e)
{
    struct outcome *o = context;
    if (o->stop_at && o->n_calls + 1 == o->stop_at)
        return err_set(e, ERR_FULL, "the store is full");
    ck_assert_uint_lt(o->n_calls, 64);
    struct taken *t = &o->calls[o->n_calls++];
    call_copy(item->call, o->a, &t->call);
    t->has_recording = item->recording != NULL;
    if (!item->recording)
        return true;
    t->recording = *item->recording;
    t->recording.peaks.p = arena_text(o->a, item->recording->peaks);
    t->kept = find_kept(o, &item->recording->file);
    ck_assert_str_eq(item->recording->file.hash, item->call->recording);
    if (item->recording->copy.path)
        t->copied = find_kept(o, &item->recording->copy);
    for (int i = 0; i < 2 && item->recording->sides[i].path; i++) {
        find_kept(o, &item->recording->sides[i]);
        t->recording.sides[i].path = arena_copy(o->a, item->recording->sides[i].path);
    }
    return true;
}

static void note(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    struct outcome *o = context;
    ck_assert_uint_lt(o->n_reports, 128);
    struct ingest_report *to = &o->reports[o->n_reports++];
    ck_assert_uint_eq(done, o->n_reports);
    ck_assert_uint_le(done, all);
    *to = *r;
    to->path = arena_copy(o->a, r->path);
    to->reason = arena_copy(o->a, r->reason);
    to->format = arena_copy(o->a, r->format);
}

void fixture_read_all(struct outcome *o, const char *const *paths, size_t n,
                      const struct ingest_options *options)
{
    static const struct ingest_options usual = {.source = "harbour"};
    struct ingest_sink sink = {.take = take, .progress = note, .context = o, .keep = keep};
    o->a = arena_open();
    o->ok = ingest_paths(paths, n, options ? options : &usual, &sink, &o->e);
}

void fixture_read(struct outcome *o, const char *path, const struct ingest_options *options)
{
    fixture_read_all(o, &path, 1, options);
}

void fixture_free(struct outcome *o)
{
    arena_close(o->a);
    *o = (struct outcome){0};
}

const struct ingest_report *fixture_report(const struct outcome *o, const char *name)
{
    for (size_t i = 0; i < o->n_reports; i++) {
        if (strcmp(file_name_of(o->reports[i].path), name) == 0)
            return &o->reports[i];
    }
    ck_abort_msg("nothing was said about %s", name);
    return NULL;
}

const char *fixture_meta(const struct call *c, const char *name)
{
    for (size_t i = 0; i < c->n_meta; i++) {
        if (strcmp(c->meta[i].name, name) == 0)
            return c->meta[i].value;
    }
    return "";
}

static struct json *print_turns(const struct call *c)
{
    struct json *list = json_array();
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        struct json *turn = json_object(), *words = json_array();
        json_put_text(turn, "who", call_side_names[t->side]);
        json_put_number(turn, "start_ms", (double)t->start_ms);
        json_put_number(turn, "end_ms", (double)t->end_ms);
        json_put_text(turn, "text", t->text);
        if (t->has_sentiment)
            json_put_number(turn, "sentiment", t->sentiment);
        for (size_t w = 0; w < t->n_words; w++) {
            struct buf b = {0};
            buf_format(&b, "%u-%u %u-%u", t->words[w].from, t->words[w].to, t->words[w].start_ms,
                       t->words[w].end_ms);
            json_push(words, json_new_text(buf_text(&b)));
            buf_free(&b);
        }
        if (t->n_words)
            json_put(turn, "words", words);
        else
            json_free(words);
        json_push(list, turn);
    }
    return list;
}

static void put_known(struct json *j, const char *name, int64_t value)
{
    if (value != CALL_UNKNOWN)
        json_put_number(j, name, (double)value);
}

static void put_texts(struct json *j, const struct call *c)
{
    const struct {
        const char *name, *value;
    } texts[] = {{"source", c->source},
                 {"key", c->source_key},
                 {"channel", call_channel_names[c->channel]},
                 {"type", c->type},
                 {"direction", call_direction_names[c->direction]},
                 {"queue", c->queue},
                 {"agent_id", c->agent_id},
                 {"agent_name", c->agent_name},
                 {"team", c->team},
                 {"customer", c->customer},
                 {"customer_class", c->customer_class},
                 {"language", c->language},
                 {"outcome", call_outcome_names[c->outcome]},
                 {"hung_up", c->hung_up},
                 {"wrap_up", c->wrap_up}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (*texts[i].value)
            json_put_text(j, texts[i].name, texts[i].value);
    }
}

static struct json *print_call(const struct taken *t)
{
    const struct call *c = &t->call;
    struct json *j = json_object(), *meta = json_object();
    put_texts(j, c);
    put_known(j, "offered", c->offered);
    put_known(j, "answered", c->answered);
    put_known(j, "ended", c->ended);
    put_known(j, "wait_ms", c->wait_ms);
    put_known(j, "talk_ms", c->talk_ms);
    put_known(j, "hold_ms", c->hold_ms);
    put_known(j, "wrap_ms", c->wrap_ms);
    if (!isnan(c->csat))
        json_put_number(j, "csat", c->csat);
    if (!isnan(c->nps))
        json_put_number(j, "nps", c->nps);
    put_known(j, "resolved", c->resolved);
    for (size_t i = 0; i < c->n_meta; i++)
        json_put_text(meta, c->meta[i].name, c->meta[i].value);
    json_put(j, "meta", meta);
    if (t->has_recording)
        json_put_number(j, "recording_ms", (double)c->recording_ms);
    if (c->measures.known) {
        json_put_number(j, "agent_talk_ms", (double)c->measures.talk_ms[CALL_AGENT]);
        json_put_number(j, "customer_talk_ms", (double)c->measures.talk_ms[CALL_CUSTOMER]);
    }
    json_put(j, "turns", print_turns(c));
    return j;
}

void fixture_print(const struct outcome *o, struct buf *out)
{
    static const char *const verdicts[] = {"taken", "refused", "skipped"};
    struct json *all = json_object(), *calls = json_array(), *files = json_array();
    for (size_t i = 0; i < o->n_calls; i++)
        json_push(calls, print_call(&o->calls[i]));
    for (size_t i = 0; i < o->n_reports; i++) {
        struct json *file = json_object();
        json_put_text(file, "file", file_name_of(o->reports[i].path));
        json_put_text(file, "verdict", verdicts[o->reports[i].verdict]);
        json_put_text(file, "format", o->reports[i].format);
        json_put_number(file, "calls", (double)o->reports[i].calls);
        json_push(files, file);
    }
    json_put(all, "calls", calls);
    json_put(all, "files", files);
    json_print_pretty(all, out);
    json_free(all);
}

void fixture_file(const char *folder, const char *name, struct slice bytes)
{
    struct arena *a = arena_open();
    struct err e = {0};
    char *path = file_join(a, folder, name);
    bool ok = file_make_folder(file_folder_of(a, path), &e) && file_write(path, bytes, &e);
    ck_assert_msg(ok, "%s", e.text);
    arena_close(a);
}

void fixture_text(const char *folder, const char *name, const char *text)
{
    fixture_file(folder, name, slice_of(text));
}

struct runner *fixture_runner(void)
{
    struct err e = {0};
    struct runner *r;
    ck_assert_msg(runner_open(&r, 2, &e), "%s", e.text);
    return r;
}

void fixture_site(char site[4096], const char *const files[][2])
{
    snprintf(site, 4096, "%s/plugins", support_folder());
    mkdir(site, 0700);
    for (size_t i = 0; files[i][0]; i++)
        fixture_text(site, files[i][0], files[i][1]);
}

static int16_t sample(char letter, int i)
{
    if (letter == '0')
        return 0;
    if (letter != 'x' || i % 4000 < 400)
        return (int16_t)((i * 7919) % 41 - 20);
    return (int16_t)lrint(8000 * sin(i * 0.17));
}

void fixture_sound(const char *folder, const char *name, int format, int channels,
                   const char *const *pattern)
{
    struct arena *a = arena_open();
    SF_INFO info = {.samplerate = 8000, .channels = channels, .format = format};
    SNDFILE *f = sf_open(file_join(a, folder, name), SFM_WRITE, &info);
    ck_assert_msg(f != NULL, "%s: %s", name, sf_strerror(NULL));
    size_t frames = strlen(pattern[0]) * 8000;
    sf_command(f, SFC_SET_SCALE_INT_FLOAT_WRITE, NULL, SF_TRUE);
    int16_t *all = arena_array(a, frames * (size_t)channels, sizeof *all);
    for (size_t i = 0; i < frames; i++) {
        for (int c = 0; c < channels; c++)
            all[i * (size_t)channels + (size_t)c] = sample(pattern[c][i / 8000], (int)i);
    }
    ck_assert_int_eq(sf_writef_short(f, all, (sf_count_t)frames), (sf_count_t)frames);
    sf_close(f);
    arena_close(a);
}

enum { BLOCK = 65535, CRC_8 = 0x07, CRC_16 = 0x8005 };

/* Most significant bit first, from 0. */
static unsigned checksum(struct slice s, unsigned polynomial, int bits)
{
    unsigned sum = 0, top = 1u << (bits - 1);
    for (size_t i = 0; i < s.n; i++) {
        sum ^= (unsigned)(uint8_t)s.p[i] << (bits - 8);
        for (int k = 0; k < 8; k++)
            sum = (sum & top ? sum << 1 ^ polynomial : sum << 1) & (2 * top - 1);
    }
    return sum;
}

static void put_big(struct buf *b, uint64_t value, int bytes)
{
    while (bytes--)
        buf_char(b, (char)(value >> 8 * bytes));
}

/* Each channel one constant, 0. */
static void put_block(struct buf *b, int channels, uint32_t number)
{
    struct buf f = {0};
    put_big(&f, 0xFFF87408 | (uint32_t)(channels - 1) << 4, 4);
    utf8_put(&f, number);
    put_big(&f, BLOCK - 1, 2);
    put_big(&f, checksum(buf_all(&f), CRC_8, 8), 1);
    for (int c = 0; c < channels; c++)
        put_big(&f, 0, 3);
    put_big(&f, checksum(buf_all(&f), CRC_16, 16), 2);
    buf_slice(b, buf_all(&f));
    buf_free(&f);
}

void fixture_silence(const char *folder, const char *name, int channels, uint32_t blocks)
{
    struct buf b = {0};
    buf_str(&b, "fLaC\x80");
    put_big(&b, 34, 3);
    put_big(&b, (uint64_t)BLOCK << 16 | BLOCK, 4);
    put_big(&b, 0, 6);
    put_big(&b, (uint64_t)8000 << 44 | (uint64_t)(channels - 1) << 41 | (uint64_t)15 << 36, 8);
    put_big(&b, 0, 8);
    put_big(&b, 0, 8);
    for (uint32_t i = 0; i < blocks; i++)
        put_block(&b, channels, i);
    fixture_file(folder, name, buf_all(&b));
    buf_free(&b);
}
