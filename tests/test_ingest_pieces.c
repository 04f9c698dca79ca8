/* Files of records that are too long to be read whole, and folders of transcripts that are too many
 * to be read twice. */
#include <sndfile.h>
#include <stdio.h>
#include <string.h>

#include "support.h"
#include "test_ingest_fixture.h"

enum { RECORDS = 50, FAT = 60000 /* bytes of each: three pieces and more in all */ };

/* One contact with much that is of no use here. */
static void add(struct buf *b, int i, const char *updated, const char *channel, const char *end)
{
    buf_format(b,
               "{\"ContactId\":\"K%d\",\"Channel\":\"%s\",\"InitiationMethod\":\"INBOUND\","
               "\"InitiationTimestamp\":\"2026-10-05T09:00:00Z\",\"LastUpdateTimestamp\":\"%s\","
               "\"References\":\"",
               i, channel, updated);
    memset(buf_grow(b, FAT), 'x', FAT);
    buf_format(b, "\"}%s", end);
}

static void read(const char *folder, const struct buf *b, struct outcome *o)
{
    fixture_file(folder, "records", buf_all(b));
    fixture_read(o, folder, NULL);
    ck_assert(o->ok);
}

static const char day[] = "2026-10-05T10:00:00Z", later[] = "2026-10-06T10:00:00Z";

static const struct {
    const char *end; /* of each record */
} ends[] = {{"\n"}, {""}, {"\r\n"}, {" \n\n"}};

START_TEST(a_long_file_is_read_in_pieces)
{
    struct buf b = {0};
    struct outcome o = {0};
    for (int i = 0; i < RECORDS; i++)
        add(&b, i, day, "VOICE", ends[_i].end);
    add(&b, 3, later, "VOICE", "");
    read(support_folder(), &b, &o);
    const struct ingest_report *r = fixture_report(&o, "records");
    ck_assert_int_eq(r->verdict, INGEST_TAKEN);
    ck_assert_str_eq(r->reason, "");
    ck_assert_uint_eq(r->calls, RECORDS + 1);
    ck_assert_uint_eq(o.n_calls, RECORDS + 1); /* the store keeps the newest */
    for (int i = 0; i < RECORDS; i++) {
        char key[16];
        snprintf(key, sizeof key, "K%d", i);
        ck_assert_str_eq(o.calls[i].call.source_key, key);
    }
    ck_assert_str_eq(fixture_meta(&o.calls[RECORDS].call, "updated"), "2026-10-06T10:00:00.000Z");
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

START_TEST(what_is_left_out_of_a_piece_is_named_with_its_line)
{
    struct buf b = {0};
    struct outcome o = {0};
    for (int i = 0; i < RECORDS; i++) {
        if (i == 30)
            buf_str(&b, "{\"ContactId\": \"broken\", \"Agent\": {\n");
        add(&b, i, day, i == 40 ? "TASK" : "VOICE", "\n");
    }
    read(support_folder(), &b, &o);
    const struct ingest_report *r = fixture_report(&o, "records");
    ck_assert_int_eq(r->verdict, INGEST_TAKEN);
    ck_assert_uint_eq(o.n_calls, RECORDS - 1);
    ck_assert_uint_eq(r->left_out, 2);
    ck_assert_msg(strstr(r->reason, "line 31: ") && strstr(r->reason, "line 42: Channel"), "%s",
                  r->reason);
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

/* Nothing of a refused file is kept, however far its fault lies behind. */
START_TEST(a_fault_at_the_end_refuses_all)
{
    struct buf b = {0};
    struct outcome o = {0};
    for (int i = 0; i < RECORDS; i++)
        add(&b, i, day, "VOICE", "\n");
    buf_str(&b, "{\"ContactId\": \"\xFF\"}\n");
    read(support_folder(), &b, &o);
    const struct ingest_report *r = fixture_report(&o, "records");
    ck_assert_int_eq(r->verdict, INGEST_REFUSED);
    ck_assert_msg(strstr(r->reason, "line 51, byte ") != NULL, "%s", r->reason);
    ck_assert_uint_eq(o.n_calls, 0);
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

#define ANALYSIS                                                                                   \
    "{\"Participants\": [{\"ParticipantId\": \"AGENT\", \"ParticipantRole\": \"AGENT\"}],"         \
    " \"Transcript\": [{\"ParticipantId\": \"AGENT\", \"Content\": \"Hello.\","                    \
    " \"BeginOffsetMillis\": 0, \"EndOffsetMillis\": 900}], \"Version\": \"VOICE-2022-11-30\"}"

/* A description behind transcripts in the same folder is found before they are taken. */
START_TEST(a_description_among_transcripts_has_its_own)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    for (int i = 0; i < 4; i++) {
        char name[24];
        snprintf(name, sizeof name, "t%d.json", i);
        fixture_text(folder, name, ANALYSIS);
    }
    fixture_text(folder, "x.json",
                 "{\"earshot\": 1, \"source\": \"pbx\", \"key\": \"P-1\", \"channel\": \"voice\","
                 " \"transcript\": \"t2.json\"}");
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 4);
    ck_assert_str_eq(o.calls[0].call.source_key, "P-1");
    ck_assert_uint_eq(o.calls[0].call.n_turns, 1);
    ck_assert_str_eq(o.calls[3].call.source_key, "t3");
    ck_assert_int_eq(fixture_report(&o, "t2.json")->verdict, INGEST_SKIPPED);
    fixture_free(&o);
}
END_TEST

/* A vCon among them is read with them, and before a recording that it names by itself. */
START_TEST(a_description_among_transcripts_has_its_recording)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "a.json", ANALYSIS);
    fixture_text(folder, "z.json",
                 "{\"uuid\": \"0199aaaa-0000-8000-8000-000000000007\", \"parties\": [{}, {}],"
                 " \"dialog\": [{\"type\": \"recording\", \"start\": \"2026-10-05T09:00:00Z\","
                 " \"parties\": [0, 1], \"filename\": \"r.wav\"}]}");
    fixture_sound(folder, "r.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2,
                  (const char *const[]){"xx..", "..xx"});
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 2);
    ck_assert_str_eq(o.calls[0].call.source_key, "a");
    ck_assert(o.calls[1].has_recording);
    ck_assert_int_eq(fixture_report(&o, "r.wav")->verdict, INGEST_SKIPPED);
    fixture_free(&o);
}
END_TEST

/* A file that is cut short while it is taken in: the fault behind bears its name, too. */
struct spoilt {
    const char *path;
    const char *reason;
    struct arena *a;
};

static bool spoil(void *context, const struct ingest_item *item, struct err *e)
{
    struct spoilt *s = context;
    FILE *f = fopen(s->path, "r+");
    (void)item, (void)e;
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fseek(f, -1000, SEEK_END), 0);
    fputc(0xFF, f);
    fclose(f);
    return true;
}

static void see(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    struct spoilt *s = context;
    (void)done, (void)all;
    s->reason = arena_copy(s->a, r->reason);
}

START_TEST(a_fault_of_the_second_reading_has_its_place)
{
    const char *folder = support_folder();
    struct err e = {0};
    struct buf b = {0};
    struct spoilt s = {NULL, "", arena_open()};
    for (int i = 0; i < RECORDS; i++)
        add(&b, i, day, "VOICE", "\n");
    fixture_file(folder, "records", buf_all(&b));
    s.path = arena_format(s.a, "%s/records", folder);
    struct ingest_sink sink = {.take = spoil, .progress = see, .context = &s};
    ck_assert(ingest_paths(&s.path, 1, &(struct ingest_options){0}, &sink, &e));
    const char *want = arena_format(s.a, "%s: line 50, byte ", s.path);
    ck_assert_msg(strncmp(s.reason, want, strlen(want)) == 0, "%s", s.reason);
    buf_free(&b);
    arena_close(s.a);
}
END_TEST

TCase *test_ingest_pieces(void)
{
    TCase *t = tcase_create("pieces");
    support_rows(t, a_long_file_is_read_in_pieces, ends);
    tcase_add_test(t, what_is_left_out_of_a_piece_is_named_with_its_line);
    tcase_add_test(t, a_fault_at_the_end_refuses_all);
    tcase_add_test(t, a_description_among_transcripts_has_its_own);
    tcase_add_test(t, a_description_among_transcripts_has_its_recording);
    tcase_add_test(t, a_fault_of_the_second_reading_has_its_place);
    return t;
}
