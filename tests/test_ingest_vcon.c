/* vCons: what is checked, what comes along inside them, and that one of ours comes back equal. */
#include <sndfile.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "ingest/vcon_write.h"
#include "model/pack.h"
#include "support.h"
#include "test_ingest_fixture.h"

#define VCON(rest)                                                                                 \
    "{\"uuid\": \"0199aaaa-0000-8000-8000-000000000001\", \"parties\": [{\"name\": \"Ada\"}, "     \
    "{\"name\": \"Bo\"}], " rest "}"
#define DIALOG(rest) VCON("\"dialog\": [{\"type\": \"recording\", " rest "}]")

static const struct {
    const char *text, *reason;
} faults[] = {
    {"{\"protected\": \"x\", \"iv\": \"x\", \"ciphertext\": \"x\", \"tag\": \"x\"}",
     "an encrypted vCon (JWE)"},
    {"{\"payload\": \"???\", \"signatures\": []}", "payload: base64url belongs here"},
    {"{\"payload\": \"e30\", \"signatures\": []}", "payload: no vCon is in this signed file"},
    {VCON("\"critical\": [\"CC\", \"other\"]"), "who knows the extension \"other\""},
    {VCON("\"analysis\": \"text\""), "analysis: a list belongs here"},
    {DIALOG("\"duration\": \"long\""), "dialog[0]: duration: seconds belong here"},
    {DIALOG("\"mediatype\": 7"), "dialog[0]: mediatype: \"a number\" is no media type"},
    {DIALOG("\"mimetype\": \"not a type!\""), "mimetype: \"not a type!\" is no media type"},
    {DIALOG("\"url\": \"somewhere\""), "url: \"somewhere\" is no address"},
    {DIALOG("\"parties\": [0, 5]"), "dialog[0]: parties: 5 is no party; there are 2"},
    {DIALOG("\"parties\": [0, [1, null]], \"originator\": 7"), "originator: 7 is no party"},
    {DIALOG("\"party_history\": [{\"party\": 0, \"event\": \"keyup\", \"time\": 1}, {\"party\": 0, "
            "\"event\": \"hold\", \"time\": \"noon\"}]"),
     "dialog[0]: party_history[1]: time: \"noon\" is not a time"},
    {DIALOG("\"start\": \"noon\""), "dialog[0]: start: \"noon\" is not a time"},
    {DIALOG("\"body\": \"plain\""), "body: sound as base64url belongs here"},
    {"{\"vcon\": \"0.0.1\", \"parties\": []}", "key: is empty"},
};

START_TEST(vcons_with_faults)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "a.vcon", faults[_i].text);
    fixture_read(&o, folder, NULL);
    ck_assert_int_eq(o.reports[0].verdict, INGEST_REFUSED);
    ck_assert_msg(strstr(o.reports[0].reason, faults[_i].reason) != NULL, "%s",
                  o.reports[0].reason);
    fixture_free(&o);
}
END_TEST

static void write_with_sound(const char *folder, const char *name, struct slice sound,
                             const char *hash, bool inside)
{
    struct buf b = {0};
    buf_str(&b, "{\"uuid\": \"0199aaaa-0000-8000-8000-000000000007\", \"parties\": [{\"name\": "
                "\"Ada\", \"role\": \"customer\"}, {\"name\": \"Eleni\", \"role\": \"agent\"}], "
                "\"dialog\": [{\"type\": \"recording\", \"start\": \"2026-10-05T09:00:00Z\", "
                "\"parties\": [0, 1], \"filename\": \"sound.wav\"");
    if (inside) {
        buf_str(&b, ", \"encoding\": \"base64url\", \"body\": \"");
        base64_write(sound, &b);
        buf_str(&b, "\"");
    }
    buf_format(&b, ", \"content_hash\": \"%s\"}]}", hash);
    fixture_file(folder, name, buf_all(&b));
    buf_free(&b);
}

/* Inside the vCon, or beside it under the name it gives: the same call, the hash told, never fatal;
 * the first party of the list is on the first channel. */
START_TEST(recordings_come_along)
{
    struct arena *a = arena_open();
    const char *folder = support_folder(), *other = arena_format(a, "%s/beside", folder);
    static const char *const pattern[] = {"x.x", ".x."};
    struct slice sound;
    struct err e = {0};
    struct outcome o = {0};
    struct buf hash = {0};
    unsigned char raw[HASH_RAW_512];
    fixture_text(folder, "beside/keep", "");
    fixture_sound(other, "sound.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, pattern);
    ck_assert(file_read(a, arena_format(a, "%s/sound.wav", other), 1 << 20, &sound, &e));
    hash_raw_512(sound, raw);
    buf_str(&hash, "sha512-");
    base64_write((struct slice){(const char *)raw, sizeof raw}, &hash);
    write_with_sound(folder, "inside.vcon", sound, buf_text(&hash), true);
    write_with_sound(other, "beside.vcon.json", sound, "sha256-AAAA", false);
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct taken *t = &o.calls[i];
        ck_assert(t->has_recording && slice_equal(t->kept, sound));
        ck_assert_int_eq(t->call.recording_channels[0], CALL_CUSTOMER);
        ck_assert_int_eq(t->call.recording_channels[1], CALL_AGENT);
        ck_assert_int_eq(t->call.recording_ms, 3000);
    }
    ck_assert_str_eq(fixture_meta(&o.calls[0].call, "content_hash"), "does not match");
    ck_assert_str_eq(fixture_meta(&o.calls[1].call, "content_hash"), "matches");
    ck_assert_str_eq(fixture_report(&o, "beside.vcon.json")->reason,
                     "the hash stated of the recording: does not match");
    ck_assert_str_eq(fixture_report(&o, "inside.vcon")->reason, "");
    buf_free(&hash);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

/* The temporary folder is full, say: the file is not to blame for that. */
START_TEST(no_room_for_a_recording_is_no_refusal)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct ingest_options options = {.temporary = "/nowhere/at/all"};
    write_with_sound(folder, "inside.vcon", slice_of("RIFF"), "sha256-AAAA", true);
    fixture_text(folder, "later.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n");
    fixture_text(folder, ".hidden", "");
    fixture_read(&o, folder, &options);
    ck_assert(!o.ok);
    ck_assert_uint_eq(o.n_reports, 3);
    ck_assert_int_eq(fixture_report(&o, "inside.vcon")->verdict, INGEST_UNSAVED);
    ck_assert_int_eq(fixture_report(&o, "later.vtt")->verdict, INGEST_UNSAVED);
    ck_assert_int_eq(fixture_report(&o, ".hidden")->verdict, INGEST_SKIPPED);
    fixture_free(&o);
}
END_TEST

static void check_again(const struct taken *first, const char *folder)
{
    struct buf text = {0}, was = {0}, is = {0};
    struct outcome o = {0};
    struct vcon_sound sound = {first->kept, first->has_recording ? first->recording.file.mime : ""};
    vcon_write(&first->call, &sound, 1791190800000, &text);
    fixture_file(folder, "ours.vcon", buf_all(&text));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    struct call again = o.calls[0].call, before = first->call;
    again.measures = before.measures = (struct call_measures){0};
    pack_call(&was, &before);
    pack_call(&is, &again);
    ck_assert_msg(slice_equal(buf_all(&was), buf_all(&is)), "%s came back different: %s",
                  before.source_key, buf_text(&text));
    buf_free(&text);
    buf_free(&was);
    buf_free(&is);
    fixture_free(&o);
}

static const struct {
    const char *path;
} ours[] = {{"tests/calls/own.json"},
            {"tests/calls/lines.jsonl"},
            {"tests/calls/table.csv"},
            {"tests/calls/analytics.json"},
            {"tests/calls/records/connect.json"},
            {"tests/calls/records/genesys.json"},
            {"tests/calls/records/queue_log"},
            {"tests/calls/records/vcon-texts.json"},
            {"tests/calls/records/vcon-03.vcon"}};

START_TEST(ours_come_back_equal)
{
    struct outcome o = {0};
    fixture_read(&o, ours[_i].path, NULL);
    ck_assert_msg(o.n_calls > 0, "%s", o.reports[0].reason);
    for (size_t i = 0; i < o.n_calls; i++)
        check_again(&o.calls[i], support_folder());
    fixture_free(&o);
}
END_TEST

START_TEST(ours_come_back_with_their_recording)
{
    static const char *const stereo[] = {"xx.", "..x"}, *const mono[] = {"x.x"};
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_sound(folder, "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, stereo);
    fixture_sound(folder, "b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1, mono);
    fixture_text(folder, "a.json",
                 "{\"earshot\": 1, \"source\": \"s\", \"key\": \"a\", \"channel\": \"voice\", "
                 "\"recording\": {\"file\": \"a.wav\", \"channels\": [\"customer\", \"agent\"]}}");
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 2);
    for (size_t i = 0; i < o.n_calls; i++)
        check_again(&o.calls[i], support_folder());
    fixture_free(&o);
}
END_TEST

/* The members that draft 03 demands, and none that it has given up. */
START_TEST(ours_keep_to_the_draft)
{
    struct call c;
    struct buf text = {0};
    struct err e = {0};
    struct arena *a = arena_open();
    call_init(&c);
    c.source = "harbour", c.source_key = "H-1", c.customer = "+4955501";
    c.outcome = CALL_ABANDONED;
    ck_assert(call_finish(&c, a, &e));
    vcon_write(&c, &(struct vcon_sound){{NULL, 0}, ""}, 1791190800000, &text);
    struct json *j = json_parse(buf_all(&text), JSON_DEPTH, &e);
    const char *uuid = json_get_text(j, "uuid", "");
    ck_assert(strlen(uuid) == 36 && uuid[14] == '8' && strchr("89ab", uuid[19]));
    ck_assert_str_eq(json_get_text(j, "created_at", ""), "2026-10-05T09:00:00.000Z");
    ck_assert(!json_get(j, "vcon") && !json_get(j, "group") && !json_get(j, "redacted"));
    ck_assert_str_eq(json_text(json_path(j, "extensions.0")), "CC");
    ck_assert_str_eq(json_text(json_path(j, "parties.1.tel")), "+4955501");
    ck_assert_str_eq(json_text(json_path(j, "parties.1.role")), "customer");
    ck_assert_str_eq(json_text(json_path(j, "dialog.0.type")), "incomplete");
    ck_assert_str_eq(json_text(json_path(j, "dialog.0.disposition")), "hung-up");
    ck_assert_str_eq(json_text(json_path(j, "analysis.0.vendor")), "Earshot");
    json_free(j);
    buf_free(&text);
    arena_close(a);
}
END_TEST

/* Of what is said of each call the report holds the first, and how many more there are; what is
 * said of the whole file is not lost among them. */
START_TEST(notes_on_calls_are_few)
{
    enum { CALLS = 60 };
    const char *folder = support_folder();
    struct arena *a = arena_open();
    struct buf b = {0}, inside = {0};
    struct outcome o = {0};
    for (int i = 0; i < CALLS; i++) {
        const char *text =
            arena_format(a,
                         "{\"uuid\": \"c%d\", \"parties\": [{}, {}], \"dialog\": [{\"type\": "
                         "\"text\", \"start\": \"2026-10-05T09:00:00\", \"body\": \"hi\"}]}",
                         i);
        buf_clear(&inside);
        base64_write(slice_of(text), &inside);
        buf_format(&b, "{\"payload\": \"%s\", \"signatures\": []}\n", buf_text(&inside));
    }
    fixture_file(folder, "all.jsonl", buf_all(&b));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == CALLS, "%s", o.reports[0].reason);
    const char *reason = o.reports[0].reason;
    ck_assert_msg(strstr(reason, "line 8: signed; the signature was not checked; times that do not "
                                 "say their zone") != NULL,
                  "%s", reason);
    ck_assert_msg(strstr(reason, "; and 52 more notes on single calls") != NULL, "%s", reason);
    buf_free(&b);
    buf_free(&inside);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

TCase *test_ingest_vcon(void)
{
    TCase *t = tcase_create("vcon");
    support_rows(t, vcons_with_faults, faults);
    tcase_add_test(t, recordings_come_along);
    tcase_add_test(t, no_room_for_a_recording_is_no_refusal);
    support_rows(t, ours_come_back_equal, ours);
    tcase_add_test(t, ours_come_back_with_their_recording);
    tcase_add_test(t, ours_keep_to_the_draft);
    tcase_add_test(t, notes_on_calls_are_few);
    return t;
}
