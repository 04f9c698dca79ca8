/* Transcripts of all products: what they become (golden files), who is who, and faults. */
#include <stdlib.h>
#include <string.h>

#include "ingest/spoken.h"
#include "support.h"
#include "test_ingest_fixture.h"

static const char *const golden[] = {
    "transcribe.json",
    "transcribe_channels.json",
    "contact_lens.json",
    "pca.json",
    "contact_lens_chat.json",
    "google.json",
    "google_plain.json",
    "google_ends.json",
    "azure.json",
    "azure_live.json",
    "deepgram.json",
    "deepgram_utterances.json",
    "assemblyai.json",
    "speechmatics_1.json",
    "speechmatics_2.json",
    "speechmatics_channels.json",
    "watson.json",
    "whisper.json",
    "whisper_timestamped.json",
    "whisperx.json",
    "wtf.json",
    "whisper_cpp.json",
    "vosk.txt",
    "twilio.json",
    "subtitles.srt",
    "carriage.srt",
    "utf16le.srt",
    "utf16be.srt",
    "talk.txt",
    "talk_times.txt",
};

START_TEST(what_transcripts_become)
{
    struct outcome o = {0};
    struct buf b = {0};
    struct arena *a = arena_open();
    const char *name = golden[_i];
    fixture_read(&o, arena_format(a, "tests/calls/transcripts/%s", name), NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.n_reports ? o.reports[0].reason : o.e.text);
    fixture_print(&o, &b);
    support_golden(arena_format(a, "tests/calls/expected/transcripts/%s", name), b.p, b.n);
    buf_free(&b);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

#define SEGMENT(rest) "{\"text\": \"x\", \"segments\": [{" rest "}]}"

static const struct {
    const char *text, *reason;
} faults[] = {
    {SEGMENT("\"start\": \"soon\", \"end\": 2, \"text\": \"hi\""),
     "segments[0]: start: is no time from 0 to a year"},
    {SEGMENT("\"start\": -1, \"end\": 2, \"text\": \"hi\""), "segments[0]: start: is no time"},
    {SEGMENT("\"start\": 0, \"end\": 1e99, \"text\": \"hi\""), "segments[0]: end: is no time"},
    {SEGMENT(
         "\"start\": 0, \"end\": 1, \"text\": \"hi\", \"words\": [{\"word\": \"hi\", \"start\": "
         "{}}, {\"word\": \"a\", \"start\": []}]"),
     "segments[0]: word 1: start: is no time"},
    {SEGMENT("\"start\": 0, \"end\": 1, \"text\": 7"), "none of 1 entries has a text (text)"},
    {"{\"results\": {\"transcripts\": [], \"items\": [{\"alternatives\": [{\"content\": \"a\"}], "
     "\"start_time\": \"x\"}]}}",
     "items[0]: start_time: is no time"},
    {"{\"results\": {\"transcripts\": [], \"items\": [], \"speaker_labels\": {\"segments\": "
     "[{\"start_time\": \"2\"}, {\"start_time\": \"1\"}]}}}",
     "segments[1]: speakers are not in order of time"},
    {"{\"results\": {\"transcripts\": [], \"items\": 3}}", "a list of what was said is missing"},
    {"{\"results\": [{\"alternatives\": [{\"transcript\": \"a\", \"words\": [{\"word\": \"a\", "
     "\"startTime\": {\"seconds\": \"1\", \"nanos\": 1000000000}}]}]}]}",
     "results[0]: word 0: startTime|startOffset: is no time"},
    {"{\"recognizedPhrases\": [{\"offset\": \"PTxS\", \"nBest\": [{\"display\": \"a\"}]}]}",
     "recognizedPhrases[0]: offsetInTicks|offset: is no time"},
    {"{\"recognizedPhrases\": 1}", "of another kind"},
    {"{\"audio_url\": \"u\", \"status\": \"error\", \"error\": \"Download error\", \"words\": "
     "null}",
     "the transcription failed there: Download error"},
    {"{\"transcription\": [{\"offsets\": {\"from\": \"a\", \"to\": 2}, \"text\": \"hi\"}]}",
     "transcription[0]: offsets.from: is no time in milliseconds"},
    {"{\"jobName\": \"j\", \"status\": \"FAILED\", \"results\": {}}", "transcription failed there"},
    {"{\"TranscriptionJob\": {\"TranscriptionJobName\": \"j\", \"TranscriptionJobStatus\": "
     "\"FAILED\", "
     "\"FailureReason\": \"The media format is wrong.\"}}",
     "the transcription failed there: The media format is wrong."},
    {"{\"JobName\": \"j\", \"JobStatus\": \"IN_PROGRESS\"}", "is not done there yet: IN_PROGRESS"},
    {"{\"CallAnalyticsJob\": {\"CallAnalyticsJobName\": \"j\", \"CallAnalyticsJobStatus\": "
     "\"COMPLETED\"}}",
     "import the transcript that the job wrote"},
    {"{\"text\": \"a\"}\n{\"other\": 1}", "result 2: neither \"partial\" nor \"text\""},
    {"{\"text\": \"a\"}\n{\"text\": ", "not valid JSON"},
    {"{\"sentences\": [{\"media_channel\": 1, \"transcript\": \"a\"}], \"meta\": "
     "{\"next_page_url\": \"u\"}}",
     "one page of several"},
    {"{\"Version\": \"CHAT-2022-11-30\", \"Transcript\": [{\"AbsoluteTime\": \"today\"}]}",
     "Transcript[0]: AbsoluteTime: \"today\" is no time with its zone"},
    {"{\"Version\": \"VOICE-2022-11-30\", \"Transcript\": []}}", "not valid JSON at line 1"},
    {"{ // a comment\n \"results\": {}}", "not valid JSON at line 1"},
    {"1\n00:00:01,000 --> 00:00:02,000\n", "holds no cue with a text"},
    {"1\n00:00:01,000 --> 00:00:02,000\nna\xEFve\n", "not UTF-8"},
    {"Agent: na\xEFve\n", "not UTF-8"},
    {"{\"segmentation\": {\"segments\": []}}", "who spoke when, but no word"},
    {"{\"operator_results\": []}", "import its sentences"},
    {"{\"metadata\": {\"evaluationDefinitionId\": \"1\"}, \"questions\": []}",
     "an evaluation that Amazon Connect exported"},
    {"{\"monologue\": {}}", "ask it for SRT or WebVTT"},
    {"Dear all: this is a letter.\n", "no reader takes it"},
};

START_TEST(faults_of_transcripts_are_named)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "a.json", faults[_i].text);
    fixture_read(&o, folder, NULL);
    const struct ingest_report *r = fixture_report(&o, "a.json");
    ck_assert_int_eq(r->verdict, INGEST_REFUSED);
    ck_assert_msg(strstr(r->reason, faults[_i].reason) != NULL, "%s", r->reason);
    ck_assert_uint_eq(o.n_calls, 0);
    fixture_free(&o);
}
END_TEST

/* Captions of which some cannot be read. */
static const struct {
    const char *name, *text, *said, *left; /* what was said, parted by strokes */
    size_t n;
} broken[] = {
    {"a.vtt",
     "WEBVTT\n\n00:00.000 --> 00:01.000\nOne\n\n00:01,000 --> 00:02,000\nTwo\n\n"
     "3\n00:02.000 -> 00:03.000\nThree\n\n00:99.000 --> 02:00.000\nFour\n",
     "One", "2 cues without times that can be read, the first on line 6", 2},
    {"a.vtt", "WEBVTT\r\n\r\n00:00.000 -->\r\nOne\r\n\r\n00:01.000 --> 00:02.000\r\nTwo\r\n", "Two",
     "1 cue without times that can be read, line 3", 1},
    {"a.srt",
     "1\n00:00:00,000 --> 00:00:01,000\nOne\n\n2\n00:00:0x,000 --> 00:00:02,000\nTwo\n\n"
     "3\n00:00:02,000 --> 00:00:03,000\nGo to menu --> more\n",
     "One|Go to menu --> more", "1 cue without times that can be read, line 6", 1},
    {"a.srt",
     "1\n00:00:00,00 - --> 9\nOne\n\n2\n00:00:01,000 --> 00:00:02,000\n\n\n"
     "3\n00:00:02,000 --> 00:00:03,000\nThree\n",
     "Three", "1 cue without times that can be read, line 2", 1},
    {"a.srt",
     "1\nnow --> then\nOne\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo\n\n00:61:00 --> 2\nThree\n",
     "Two", "2 cues without times that can be read, the first on line 2", 2},
};

START_TEST(cues_left_out_are_counted)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf said = {0};
    fixture_text(folder, broken[_i].name, broken[_i].text);
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    for (size_t i = 0; i < o.calls[0].call.n_turns; i++)
        buf_format(&said, "%s%s", i ? "|" : "", o.calls[0].call.turns[i].text);
    ck_assert_str_eq(buf_text(&said), broken[_i].said);
    ck_assert_str_eq(fixture_meta(&o.calls[0].call, "transcript_left_out"), broken[_i].left);
    ck_assert_uint_eq(o.reports[0].left_out, broken[_i].n);
    ck_assert_msg(strstr(o.reports[0].reason, broken[_i].left) != NULL, "%s", o.reports[0].reason);
    buf_free(&said);
    fixture_free(&o);
}
END_TEST

/* The report of the call says it, whichever file leads. */
static const struct {
    const char *record;
} leads[] = {{"{\"earshot\": 1, \"source\": \"pbx\", \"key\": \"K\", \"channel\": \"voice\"}"},
             {"{\"earshot\": 1, \"source\": \"pbx\", \"key\": \"K\", \"channel\": \"voice\", "
              "\"transcript\": \"a.vtt\"}"}};

START_TEST(cues_left_out_are_told_by_the_lead)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "a.vtt", broken[0].text);
    fixture_text(folder, "a.json", leads[_i].record);
    fixture_read(&o, folder, NULL);
    const struct ingest_report *r = fixture_report(&o, "a.json");
    ck_assert_uint_eq(r->left_out, 2);
    ck_assert_msg(strstr(r->reason, "a.vtt: left out: 2 cues") != NULL, "%s", r->reason);
    ck_assert_str_eq(fixture_meta(&o.calls[0].call, "transcript_left_out"), broken[0].left);
    fixture_free(&o);
}
END_TEST

/* Who is who, by the options of the run: sides are a for agent, c for customer, s for nobody's. */
static const struct {
    const char *name;
    struct ingest_options options;
    const char *sides, *unknown, *from;
} casts[] = {
    {"deepgram.json", {.agents = "Speaker 0"}, "ass", "speaker 1", ""},
    {"deepgram.json", {.agents = "x, speaker 0", .customers = "speaker 1,"}, "acc", "", ""},
    {"deepgram.json", {.first_voice = "agent"}, "acc", "", "order"},
    {"deepgram.json", {.first_voice = "customer"}, "caa", "", "order"},
    {"deepgram.json", {.first_voice = "agent", .customers = "speaker 0"}, "css", "speaker 1", ""},
    {"whisper.json", {.first_voice = "agent"}, "ss", "", ""},
    {"transcribe_channels.json", {.customer_first = true}, "cac", "", "channels"},
    {"twilio.json", {.channels = "customer,agent"}, "ca", "", "channels"},
    {"twilio.json", {.channels = "agent"}, "as", "channel 2", "channels"},
    {"speechmatics_channels.json", {.customers = "menu"}, "acac", "", ""},
    {"talk.txt", {.customers = "ADA"}, "accac", "", ""},
};

START_TEST(who_is_who)
{
    static const char letters[] = "acs";
    struct outcome o = {0};
    struct arena *a = arena_open();
    struct ingest_options options = casts[_i].options;
    options.source = "tests";
    fixture_read(&o, arena_format(a, "tests/calls/transcripts/%s", casts[_i].name), &options);
    ck_assert_uint_eq(o.n_calls, 1);
    const struct call *c = &o.calls[0].call;
    ck_assert_uint_eq(c->n_turns, strlen(casts[_i].sides));
    for (size_t i = 0; i < c->n_turns; i++)
        ck_assert_msg(letters[c->turns[i].side] == casts[_i].sides[i], "turn %zu", i);
    ck_assert_str_eq(fixture_meta(c, "unknown_voices"), casts[_i].unknown);
    ck_assert_str_eq(fixture_meta(c, "sides_from"), casts[_i].from);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

/* What a file says of its call beside the words: key agent customer offered. */
#define JOB "{\"jobName\": \"H-7\", \"results\": {\"transcripts\": [], \"items\": []}}"
#define PCA(rest)                                                                                  \
    "{\"ConversationAnalytics\": {" rest                                                           \
    "}, \"SpeechSegments\": [{\"SegmentSpeaker\": \"spk_0\", "                                     \
    "\"DisplayText\": \"Hello\"}]}"
static const struct {
    const char *name, *text, *facts, *meta, *value;
} about[] = {
    {"asrOutput.json", JOB, "H-7   -1", "job_name", "H-7"},
    {"day/redacted-H-7.json", JOB, "day/H-7   -1", "job_name", "H-7"},
    {"call-11.json", JOB, "call-11   -1", "job_name", "H-7"},
    {"p.json",
     PCA("\"GUID\": \"g-1\", \"Agent\": \"ChrisL\", \"Cust\": \"C9\", \"ConversationTime\": "
         "\"2026-10-05 09:00:00\""),
     "p ChrisL C9 1791190800000", "guid", "g-1"},
    {"abc_analysis_redacted_2026-10-05T09:00:00Z.json",
     "{\"Version\": \"VOICE-2022-11-30\", \"ContentMetadata\": {\"Output\": \"Redacted\"}, "
     "\"CustomerMetadata\": {\"ContactId\": \"abc\"}, \"Transcript\": []}",
     "abc   -1", "transcript_redacted", "yes"},
    {"silent.json", "{\"sentences\": []}", "silent   -1", "sides_from", ""},
    {"p.json", PCA("\"Agent\": \"\", \"ConversationTime\": \"one day\""), "p   -1",
     "conversation_time", "one day"},
};

START_TEST(what_a_transcript_says_of_its_call)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, about[_i].name, about[_i].text);
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    const struct call *c = &o.calls[0].call;
    const char *is = arena_format(o.a, "%s %s %s %lld", c->source_key, c->agent_id, c->customer,
                                  (long long)c->offered);
    ck_assert_str_eq(is, about[_i].facts);
    ck_assert_str_eq(fixture_meta(c, about[_i].meta), about[_i].value);
    fixture_free(&o);
}
END_TEST

/* The description of a recording knows better who is on which channel of its transcript. */
START_TEST(a_description_turns_channels)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "a.txt",
                 "{\"sentences\": [{\"media_channel\": 1, \"transcript\": \"Hello\"}, "
                 "{\"media_channel\": 2, \"transcript\": \"Harbourmere\"}]}");
    static const char *const two_sides[] = {"xx..", "..xx"};
    fixture_sound(folder, "a.wav", 0x010002, 2, two_sides);
    fixture_text(folder, "call.json",
                 "{\"earshot\": 1, \"source\": \"s\", \"key\": \"k\", \"channel\": \"voice\", "
                 "\"recording\": {\"file\": \"a.wav\", \"channels\": [\"customer\", \"agent\"]}, "
                 "\"transcript\": \"a.txt\"}");
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls,
                      1); /* not one more of the transcript, though its name comes first */
    ck_assert_int_eq(o.calls[0].call.turns[0].side, CALL_CUSTOMER);
    ck_assert_int_eq(o.calls[0].call.turns[1].side, CALL_AGENT);
    fixture_free(&o);
}
END_TEST

static const struct {
    const char *json;
    enum spoken_unit unit;
    int64_t ms; /* -2: refused */
} times[] = {
    {"1.2345", SPOKEN_SECONDS, 1235},
    {"\"5.24\"", SPOKEN_SECONDS, 5240},
    {"\"\"", SPOKEN_SECONDS, CALL_UNKNOWN},
    {"null", SPOKEN_SECONDS, CALL_UNKNOWN},
    {"\"12.900s\"", SPOKEN_MS, 12900},
    {"{\"seconds\": \"12\", \"nanos\": 900000000}", SPOKEN_SECONDS, 12900},
    {"{\"nanos\": 300000000}", SPOKEN_SECONDS, 300},
    {"{}", SPOKEN_SECONDS, 0},
    {"400000.0", SPOKEN_TICKS, 40},
    {"\"PT0.04S\"", SPOKEN_TICKS, 40},
    {"\"PT1H2M3.5S\"", SPOKEN_TICKS, 3723500},
    {"\"PT\"", SPOKEN_TICKS, -2},
    {"\"PT5\"", SPOKEN_TICKS, -2},
    {"\"PT1S2M\"", SPOKEN_TICKS, -2},
    {"718", SPOKEN_MS, 718},
    {"-1", SPOKEN_MS, -2},
    {"1e300", SPOKEN_MS, -2},
    {"\"nan\"", SPOKEN_MS, -2},
    {"true", SPOKEN_MS, -2},
    {"[1]", SPOKEN_MS, -2},
    {"{\"seconds\": \"x\"}", SPOKEN_SECONDS, -2},
};

START_TEST(times_in_all_units)
{
    struct err e = {0};
    int64_t ms;
    struct json *j = json_parse(slice_of(times[_i].json), 4, &e);
    ck_assert(j != NULL);
    bool ok = spoken_ms(j, times[_i].unit, &ms);
    ck_assert_msg((ok ? ms : -2) == times[_i].ms, "%s: %lld", times[_i].json, (long long)ms);
    json_free(j);
}
END_TEST

/* Words are found in a text that is dressed differently; `found` is what stands at their places. */
static const struct {
    const char *text, *words, *found;
} places[] = {
    {"Run Alabama drivers.", "run alabama drivers", "Run|Alabama|drivers"},
    {"0030 is yours", "zero zero three zero is yours", "is|yours"},
    {"It is I", "I", ""},
    {"\"Yes,\" he said.", "yes he said", "Yes|he|said"},
    {"\xE4\xBD\xA0\xE5\xA5\xBD", "\xE4\xBD\xA0 \xE5\xA5\xBD", "\xE4\xBD\xA0|\xE5\xA5\xBD"},
    {"a b a", "a a", "a"},
    {"the end", "start the end", "the|end"},
    {"", "a", ""},
};

START_TEST(words_find_their_place)
{
    struct arena *a = arena_open();
    struct spoken_word words[16];
    const struct call_word *placed;
    struct slice rest = slice_of(places[_i].words), word;
    struct buf found = {0};
    size_t n = 0;
    while (slice_cut(&rest, ' ', &word))
        words[n++] = (struct spoken_word){.text = arena_text(a, word), .end_ms = 1};
    n = spoken_place(places[_i].text, words, n, a, &placed);
    for (size_t i = 0; i < n; i++)
        buf_format(&found, "%s%.*s", i ? "|" : "", (int)(placed[i].to - placed[i].from),
                   places[_i].text + placed[i].from);
    ck_assert_str_eq(buf_text(&found), places[_i].found);
    buf_free(&found);
    arena_close(a);
}
END_TEST

TCase *test_ingest_transcripts(void)
{
    TCase *t = tcase_create("transcripts");
    support_rows(t, what_transcripts_become, golden);
    support_rows(t, faults_of_transcripts_are_named, faults);
    support_rows(t, cues_left_out_are_counted, broken);
    support_rows(t, cues_left_out_are_told_by_the_lead, leads);
    support_rows(t, who_is_who, casts);
    support_rows(t, what_a_transcript_says_of_its_call, about);
    tcase_add_test(t, a_description_turns_channels);
    support_rows(t, times_in_all_units, times);
    support_rows(t, words_find_their_place, places);
    return t;
}
