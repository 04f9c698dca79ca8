/* Files that belong together, order, and what one bad file costs. */
#include <sndfile.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "support.h"
#include "test_ingest_fixture.h"

static const char *const two_sides[] = {"xx..", "..xx"};
static const char cue[] = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Agent>Harbourmere, hello.\n";

#define CALL(key, rest)                                                                            \
    "{\"earshot\": 1, \"source\": \"harbour\", \"key\": \"" key "\", \"channel\": \"voice\"" rest  \
    "}\n"

static void sound(const char *folder, const char *name)
{
    fixture_sound(folder, name, SF_FORMAT_WAV | SF_FORMAT_ULAW, 2, two_sides);
}

START_TEST(one_base_name_is_one_call)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    sound(folder, "H-7.wav");
    fixture_text(folder, "H-7.vtt", cue);
    fixture_text(folder, "H-7.json", CALL("H-1005-0007", ", \"agent\": {\"id\": \"a07\"}"));
    fixture_text(folder, "H-8.csv", "key,queue\nH-8,Billing\n");
    sound(folder, "H-8.wav");
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 2);
    const struct call *c = &o.calls[0].call;
    ck_assert_str_eq(c->source_key, "H-1005-0007");
    ck_assert_str_eq(c->agent_id, "a07");
    ck_assert_uint_eq(c->n_turns, 1);
    ck_assert_int_eq(c->recording_ms, 4000);
    ck_assert_str_eq(o.calls[1].call.queue, "Billing");
    ck_assert_int_eq(o.calls[1].call.recording_ms, 4000);
    ck_assert_int_eq(fixture_report(&o, "H-7.json")->verdict, INGEST_TAKEN);
    ck_assert_int_eq(fixture_report(&o, "H-7.wav")->verdict, INGEST_SKIPPED);
    ck_assert_msg(strstr(fixture_report(&o, "H-7.vtt")->reason, "belongs to ") != NULL, "%s",
                  fixture_report(&o, "H-7.vtt")->reason);
    fixture_free(&o);
}
END_TEST

START_TEST(a_transcript_finds_its_recording)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    sound(folder, "a.wav");
    fixture_text(folder, "a.vtt", cue);
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 1);
    ck_assert_str_eq(o.calls[0].call.source_key, "a");
    ck_assert_uint_eq(o.calls[0].call.n_turns, 1);
    ck_assert(o.calls[0].has_recording);
    fixture_free(&o);
}
END_TEST

START_TEST(metadata_names_recordings_below)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    const char *mono[] = {"xx.."};
    fixture_text(folder, "audio/x.txt", "");
    sound(folder, "audio/a.wav");
    sound(folder, "audio/c.wav");
    fixture_sound(folder, "audio/left.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1, mono);
    fixture_sound(folder, "audio/right.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1, mono);
    fixture_text(folder, "calls.jsonl",
                 CALL("1", ", \"recording\": {\"file\": \"audio/a.wav\", \"channels\": "
                           "[\"customer\", \"agent\"]}")
                     CALL("2", ", \"recording\": {\"agent\": \"audio/left.wav\", \"customer\": "
                               "\"audio/right.wav\"}"));
    fixture_text(folder, "more.csv", "key,transcript\n3,words/w.vtt\n4,\n");
    fixture_text(folder, "words/w.vtt", cue);
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 5);
    ck_assert_int_eq(o.calls[0].call.recording_channels[0], CALL_CUSTOMER);
    ck_assert_int_eq(o.calls[1].call.recording_n_channels, 2);
    ck_assert_uint_eq(o.calls[2].call.n_turns, 1);
    ck_assert_str_eq(o.calls[4].call.source_key, "audio/c");
    ck_assert_int_eq(fixture_report(&o, "a.wav")->verdict, INGEST_SKIPPED);
    ck_assert_int_eq(fixture_report(&o, "left.wav")->verdict, INGEST_SKIPPED);
    ck_assert_int_eq(fixture_report(&o, "w.vtt")->verdict, INGEST_SKIPPED);
    fixture_free(&o);
}
END_TEST

static const struct {
    const char *a, *text_a, *b, *text_b; /* beside a.wav, which sinks with them */
    const char *reason;                  /* said of file a */
} quarrels[] = {
    {"a.json", CALL("1", ", \"wait_ms\": -5"), NULL, NULL, "wait_ms"},
    {"a.vtt", "WEBVTT\n", NULL, NULL, "holds no cue"},
    {"a.json", "{", NULL, NULL, "not valid JSON"},
    {"a.vtt", cue, "a.json",
     CALL("1", ", \"turns\": [{\"who\": \"agent\", \"start_ms\": 0, \"text\": \"hi\"}]"),
     "two transcripts"},
    {"a.csv", "key\n1\n", "a.json", CALL("2", ""), "two files of this base name describe one call"},
    {"a.flac", NULL, "a.vtt", cue, "several recordings"},
    {"a.json", CALL("1", ", \"recording\": {\"file\": \"a.wav\", \"channels\": [\"agent\"]}"), NULL,
     NULL, "has 2 channels, but 1 are named"},
};

START_TEST(files_of_a_call_stand_or_fall_together)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    sound(folder, "a.wav");
    sound(folder, "other.wav");
    if (quarrels[_i].text_a)
        fixture_text(folder, quarrels[_i].a, quarrels[_i].text_a);
    else
        sound(folder, quarrels[_i].a);
    if (quarrels[_i].b)
        fixture_text(folder, quarrels[_i].b, quarrels[_i].text_b);
    fixture_read(&o, folder, NULL);
    ck_assert(o.ok);
    ck_assert_uint_eq(o.n_calls, 1);
    ck_assert_str_eq(o.calls[0].call.source_key, "other");
    const struct ingest_report *r = fixture_report(&o, quarrels[_i].a);
    ck_assert_int_eq(r->verdict, INGEST_REFUSED);
    ck_assert_msg(strstr(r->reason, quarrels[_i].reason) != NULL, "%s", r->reason);
    ck_assert_int_eq(fixture_report(&o, "a.wav")->verdict, INGEST_REFUSED);
    fixture_free(&o);
}
END_TEST

/* What a program that transcribes writes of one recording. */
START_TEST(the_transcript_that_tells_most_is_taken)
{
    static const char json[] =
        "{\"text\": \" Hello.\", \"language\": \"en\", \"segments\": [{\"id\": 0,"
        " \"start\": 0.0, \"end\": 1.5, \"text\": \" Hello.\", \"words\": [{"
        "\"word\": \" Hello.\", \"start\": 0.1, \"end\": 1.4}]}]}";
    static const char plain[] = "WEBVTT\n\n00:00.000 --> 00:01.500\nHello.\n";
    static const char srt[] = "1\n00:00:00,000 --> 00:00:01,500\nHello.\n";
    const char *folder = support_folder();
    struct outcome o = {0};
    sound(folder, "a.wav");
    fixture_text(folder, "a.json", json);
    fixture_text(folder, "a.srt", srt);
    fixture_text(folder, "a.vtt", plain);
    fixture_text(folder, "a.txt", "Hello.\n");
    fixture_text(folder, "a.tsv", "start\tend\ttext\n0\t1500\tHello.\n");
    sound(folder, "b.wav");
    fixture_text(folder, "b.json", json);
    fixture_text(folder, "b.vtt", cue);
    fixture_read(&o, folder, NULL);
    ck_assert(o.ok);
    ck_assert_uint_eq(o.n_calls, 2);
    for (int i = 0; i < 2; i++)
        ck_assert(o.calls[i].call.n_turns == 1 && o.calls[i].call.recording[0]);
    ck_assert_uint_eq(o.calls[0].call.turns[0].n_words, 1);
    ck_assert_int_eq(o.calls[1].call.turns[0].side, CALL_AGENT);
    for (size_t i = 0; i < o.n_reports; i++)
        ck_assert_msg(o.reports[i].verdict != INGEST_REFUSED, "%s", o.reports[i].reason);
    ck_assert_str_eq(fixture_report(&o, "a.srt")->reason,
                     "the transcript a.json of the same call is taken instead");
    ck_assert_str_eq(fixture_report(&o, "b.json")->reason,
                     "the transcript b.vtt of the same call is taken instead");
    fixture_free(&o);
}
END_TEST

START_TEST(a_bad_line_costs_its_file_only)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "bad.jsonl", CALL("1", "") CALL("2", ", \"recording\": \"gone.wav\""));
    fixture_text(folder, "good.jsonl", CALL("3", "") CALL("4", ""));
    fixture_read(&o, folder, NULL);
    ck_assert(o.ok);
    ck_assert_uint_eq(o.n_calls, 2);
    ck_assert_uint_eq(fixture_report(&o, "good.jsonl")->calls, 2);
    const char *reason = fixture_report(&o, "bad.jsonl")->reason;
    ck_assert_msg(strstr(reason, "bad.jsonl: line 2: ") && strstr(reason, "gone.wav: cannot open"),
                  "%s", reason);
    fixture_free(&o);
}
END_TEST

START_TEST(what_is_passed_over)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    fixture_text(folder, "README", "about");
    fixture_text(folder, "facts.tsv", "file\tseconds\n");
    fixture_text(folder, "LICENSE.txt", "free");
    fixture_text(folder, "notes.md", "# notes");
    fixture_text(folder, ".hidden.json", CALL("1", ""));
    fixture_text(folder, ".git/x.json", CALL("2", ""));
    ck_assert_int_eq(symlink(".", file_join(a, folder, "loop")), 0);
    ck_assert_int_eq(symlink("nowhere", file_join(a, folder, "lost")), 0);
    fixture_read(&o, folder, NULL);
    ck_assert(o.ok);
    ck_assert_uint_eq(o.n_reports, 8);
    for (size_t i = 0; i < o.n_reports; i++)
        ck_assert_msg(o.reports[i].verdict == INGEST_SKIPPED && *o.reports[i].reason, "%s",
                      o.reports[i].path);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

START_TEST(order_does_not_change)
{
    const char *folder = support_folder();
    static const char *const keys[] = {"b/z", "m", "a", "c/y"};
    struct outcome o = {0};
    fixture_text(folder, "m.json", CALL("m", ""));
    fixture_text(folder, "b/z.json", CALL("b/z", ""));
    fixture_text(folder, "a.vtt", cue);
    fixture_text(folder, "c/x.txt", "");
    sound(folder, "c/y.wav");
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_eq(o.calls[i].call.source_key, keys[i]);
    fixture_free(&o);
}
END_TEST

START_TEST(two_recordings_of_one_name_are_two_calls)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    sound(folder, "a.wav");
    fixture_sound(folder, "a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 2, two_sides);
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 2);
    ck_assert_str_eq(o.calls[0].call.source_key, "a.flac");
    ck_assert_str_eq(o.calls[1].call.source_key, "a.wav");
    fixture_free(&o);
}
END_TEST

/* Two folders with the same file name inside would otherwise be one call, and one recording lost.
 */
START_TEST(keys_that_meet_are_refused)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    const char *roots[] = {arena_format(a, "%s/one", folder), arena_format(a, "%s/two", folder)};
    fixture_text(folder, "one/x.txt", "");
    fixture_text(folder, "two/x.txt", "");
    sound(folder, "one/rec.wav");
    sound(folder, "two/rec.wav");
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 2);
    ck_assert_str_ne(o.calls[0].call.id, o.calls[1].call.id);
    fixture_free(&o);
    fixture_read_all(&o, roots, 2, NULL);
    ck_assert_uint_eq(o.n_calls, 1);
    const char *reason = "";
    for (size_t i = 0; i < o.n_reports; i++) {
        if (strcmp(file_name_of(o.reports[i].path), "rec.wav") == 0)
            reason = o.reports[i].reason;
    }
    ck_assert_msg(strstr(reason, "its key would be \"rec\"") != NULL, "%s", reason);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

/* A recording and a transcript of one key are parts of one call, wherever they lie; a second
 * recording is refused whichever came first. */
START_TEST(parts_in_two_named_folders_are_one_call)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    const char *roots[] = {file_join(a, folder, "r"), file_join(a, folder, "t"),
                           file_join(a, folder, "u")};
    fixture_text(folder, "r/x.txt", "");
    fixture_text(folder, "u/x.txt", "");
    sound(folder, "r/K1.wav");
    sound(folder, "u/K1.wav");
    fixture_text(folder, "t/K1.vtt", cue);
    fixture_read_all(&o, roots, 2, NULL);
    ck_assert_uint_eq(o.n_calls, 2);
    ck_assert_str_eq(o.calls[0].call.id, o.calls[1].call.id);
    ck_assert_uint_eq(o.calls[0].call.n_turns, 1);
    ck_assert(o.calls[1].has_recording);
    fixture_free(&o);
    fixture_read_all(&o, roots, 3, NULL);
    ck_assert_uint_eq(o.n_calls, 2);
    for (size_t i = 0; i < o.n_reports; i++) {
        if (strcmp(o.reports[i].path, file_join(a, roots[2], "K1.wav")) == 0)
            ck_assert_msg(o.reports[i].verdict == INGEST_REFUSED &&
                              strstr(o.reports[i].reason, "r/K1.wav") != NULL,
                          "%s", o.reports[i].reason);
    }
    arena_close(a);
    fixture_free(&o);
}
END_TEST

START_TEST(a_full_store_ends_the_run)
{
    const char *folder = support_folder();
    struct outcome o = {.stop_at = 2};
    fixture_text(folder, "a.jsonl", CALL("1", "") CALL("2", "") CALL("3", ""));
    fixture_read(&o, folder, NULL);
    ck_assert(!o.ok);
    ck_assert_str_eq(o.e.text, "the store is full");
    ck_assert_uint_eq(o.n_calls, 1);
    fixture_free(&o);
    fixture_read(&o, "no/such/folder", NULL);
    ck_assert(!o.ok);
    ck_assert_int_eq(o.e.kind, ERR_MISSING);
    fixture_free(&o);
}
END_TEST

TCase *test_ingest_groups(void)
{
    TCase *t = tcase_create("groups");
    tcase_add_test(t, one_base_name_is_one_call);
    tcase_add_test(t, a_transcript_finds_its_recording);
    tcase_add_test(t, metadata_names_recordings_below);
    support_rows(t, files_of_a_call_stand_or_fall_together, quarrels);
    tcase_add_test(t, the_transcript_that_tells_most_is_taken);
    tcase_add_test(t, a_bad_line_costs_its_file_only);
    tcase_add_test(t, what_is_passed_over);
    tcase_add_test(t, order_does_not_change);
    tcase_add_test(t, two_recordings_of_one_name_are_two_calls);
    tcase_add_test(t, keys_that_meet_are_refused);
    tcase_add_test(t, parts_in_two_named_folders_are_one_call);
    tcase_add_test(t, a_full_store_ends_the_run);
    return t;
}
