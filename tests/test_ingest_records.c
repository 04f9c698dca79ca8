/* Records of telephone systems: what they become (golden files in tests/calls/expected/records),
 * what is left out of them, and facts that come later. */
#include <string.h>

#include "base/buf.h"
#include "model/merge.h"
#include "support.h"
#include "test_ingest_fixture.h"

#define FOLDER "tests/calls/records/"
#define GOLDEN "tests/calls/expected/records/"

static const struct {
    const char *name, *zone, *map;
} files[] = {
    {"connect.json", NULL, NULL},      {"genesys.json", NULL, NULL},
    {"twilio-calls.json", NULL, NULL}, {"cdr.csv", "+02:00", NULL},
    {"cel.csv", NULL, NULL},           {"queue_log", NULL, NULL},
    {"freeswitch.json", NULL, NULL},   {"freeswitch.xml", NULL, NULL},
    {"siprec-old.txt", NULL, NULL},    {"siprec-new.xml", NULL, NULL},
    {"vcon-texts.json", NULL, NULL},   {"vcon-03.vcon", NULL, NULL},
    {"vcon-signed.vcon", NULL, NULL},  {"kpi.csv", NULL, FOLDER "kpi.map"},
    {"vcon-dialogs.vcon", NULL, NULL}, {"vcon-mixed.vcon", NULL, NULL},
    {"vcon-history.vcon", NULL, NULL}, {"vcon-words.jsonl", NULL, NULL},
    {"siprec-assoc.xml", NULL, NULL},
};

START_TEST(what_records_become)
{
    struct outcome o = {0};
    struct buf b = {0};
    struct arena *a = arena_open();
    struct ingest_options options = {
        .source = "tests", .zone = files[_i].zone, .map = files[_i].map};
    fixture_read(&o, arena_format(a, FOLDER "%s", files[_i].name), &options);
    ck_assert_msg(o.ok, "%s", o.e.text);
    fixture_print(&o, &b);
    buf_format(&b, "left out: %zu; %s\n", o.reports[0].left_out, o.reports[0].reason);
    support_golden(arena_format(a, GOLDEN "%s.txt", files[_i].name), b.p, b.n);
    buf_free(&b);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

static const struct {
    const char *name, *text, *reason;
} faults[] = {
    {"a.json", "{\"ContactId\": \"x\", \"Channel\": \"TASK\", \"InitiationMethod\": \"API\"}",
     "line 1: Channel: a contact over \"TASK\" is no conversation"},
    {"a.json",
     "{\"ContactId\": \"x\", \"Channel\": \"VOICE\", \"InitiationMethod\": \"INBOUND\", "
     "\"DisconnectTimestamp\": \"soon\"}",
     "DisconnectTimestamp: \"soon\" is not a time"},
    {"a.json",
     "{\"ContactId\": \"x\", \"Channel\": \"VOICE\", \"InitiationMethod\": \"INBOUND\", "
     "\"InitiationTimestamp\": \"2026-10-05T09:00:00Z\", \"DisconnectTimestamp\": "
     "\"2026-10-05T08:00:00Z\"}",
     "line 1: ended before it was offered"},
    {"a.json",
     "{\"ContactId\": \"x\", \"Channel\": \"VOICE\", \"InitiationMethod\": \"INBOUND\", \"Queue\": "
     "{\"Duration\": -3}}",
     "wait_s: -3 is not"},
    {"a.json",
     "{\"conversations\": [{\"conversationId\": \"x\", \"participants\": [], "
     "\"conversationStart\": 5}, {}]}",
     "conversations[1]: no conversation"},
    {"a.json",
     "{\"sid\": \"CA\", \"direction\": \"inbound\", \"status\": \"ringing\", \"to\": \"1\"}",
     "status: \"ringing\": the call is not over"},
    {"a.json",
     "{\"sid\": \"CA\", \"direction\": \"inbound\", \"status\": \"completed\", \"to\": \"1\", "
     "\"start_time\": \"2026-10-05\"}",
     "start_time: \"2026-10-05\" is not a time like"},
    {"a.json", "{\"variables\": {\"uuid\": \"\"}, \"callflow\": []}", "variables.uuid: is missing"},
    {"a.xml", "<?xml version=\"1.0\"?><!DOCTYPE cdr [<!ENTITY a \"b\">]><cdr>&a;</cdr>",
     "a document type belongs into no record"},
    {"a.xml", "<cdr><variables></cdr>", "XML, line 1: mismatched tag"},
    {"a.xml", "<cdr><variables/></cdr>", "variables.uuid: is missing"},
    {"a.txt", "<recording xmlns='urn:ietf:params:xml:ns:recording:1'><datamode/></recording>",
     "the metadata names no session"},
    {"a.txt", "<recording xmlns='urn:ietf:params:xml:ns:recording:1'><session id='a'>",
     "the metadata part is not closed"},
    {"a.log", "1791190800|x|q|m|CONNECT|1\n", "line 1: call x was in the queue before this file"},
    {"a.log", "1791190800|x|q|NONE|ENTERQUEUE||\xFF|1\n", "line 1: not UTF-8"},
    {"a.csv",
     "\"\",\"1\",\"2\",\"c\",\"\",\"ch\",\"\",\"\",\"\",\"2026-10-05 09:00:00\",\"\",\"2026-10-05 "
     "09:00:01\",1,0,\"NO ANSWER\",\"DOCUMENTATION\"\n",
     "line 1: no uniqueid; Asterisk writes it with loguniqueid=yes"},
};

START_TEST(records_with_faults)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, faults[_i].name, faults[_i].text);
    fixture_read(&o, folder, NULL);
    const struct ingest_report *r = fixture_report(&o, faults[_i].name);
    ck_assert_msg(strstr(r->reason, faults[_i].reason) != NULL, "%s", r->reason);
    ck_assert_int_eq(r->verdict, o.n_calls ? INGEST_TAKEN : INGEST_REFUSED);
    fixture_free(&o);
}
END_TEST

/* What an event of a queue does not say is not 0: it lasted until that event. */
static const struct {
    const char *events;
    int64_t wait_ms, talk_ms;
    const char *rings;
} waits[] = {
    {"160|EXITWITHTIMEOUT|1", 60000, -1, ""},
    {"160|EXITWITHTIMEOUT|1|1|55", 55000, -1, ""},
    {"190|ABANDON|1", 90000, -1, ""},
    {"190|ABANDON|1|1|0", 0, -1, ""},
    {"090|ABANDON|1", 0, -1, ""},
    {"130|EXITWITHKEY|3|1", 30000, -1, ""},
    {"130|EXITWITHKEY|3|1|1|28", 28000, -1, ""},
    {"130|EXITEMPTY|1", 30000, -1, ""},
    {"120|CONNECT\n150|COMPLETEAGENT", 20000, 30000, ""},
    {"120|CONNECT|18|x|2\n150|COMPLETECALLER|18|0|1", 18000, 0, ""},
    {"120|CONNECT|18|x|2\n150|BLINDTRANSFER|9|internal", 18000, 30000, ""},
    {"120|CONNECT|18|x|2\n150|ATTENDEDTRANSFER|APP|Dial|18", 18000, 30000, ""},
    {"120|CONNECT|18|x|2\n150|TRANSFER|9|internal", 18000, 30000, ""},
    {"120|CONNECT|18|x|2\n150|AGENTDUMP", 18000, 30000, ""},
    {"120|CONNECT|18|x|2\n150|COMPLETEAGENT|18|9|1\n160|ENTERQUEUE||5|1\n170|ABANDON|1|1|10", 18000,
     9000, ""},
    {"110|RINGNOANSWER|\n115|RINGNOANSWER\n120|RINGNOANSWER|0\n190|ABANDON|1|1|90", 90000, -1,
     "[{\"agent\":\"SIP/1\"},{\"agent\":\"SIP/1\"},{\"agent\":\"SIP/1\",\"ms\":0}]"},
};

START_TEST(queues_that_do_not_say_how_long)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf b = {0};
    struct slice rest = slice_of(waits[_i].events), line, at;
    buf_str(&b, "1791190100|7.1|q|NONE|ENTERQUEUE||555|1\n");
    while (slice_line(&rest, &line)) {
        slice_cut(&line, '|', &at);
        buf_format(&b, "1791190%.*s|7.1|q|SIP/1|%.*s\n", (int)at.n, at.p, (int)line.n, line.p);
    }
    fixture_file(folder, "queue_log", buf_all(&b));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1 && !*o.reports[0].reason, "%s", o.reports[0].reason);
    const struct call *c = &o.calls[0].call;
    ck_assert_int_eq(c->wait_ms, waits[_i].wait_ms);
    ck_assert_int_eq(c->talk_ms, waits[_i].talk_ms);
    ck_assert_str_eq(fixture_meta(c, "ring_no_answer"), waits[_i].rings);
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

/* Hung up while on hold: no event ends the hold but the end of the call. */
START_TEST(a_hold_may_last_to_the_end)
{
    static const char *const events[][2] = {{"CHAN_START", "100"}, {"BRIDGE_ENTER", "110"},
                                            {"HOLD", "120"},       {"UNHOLD", "125"},
                                            {"HOLD", "130"},       {"LINKEDID_END", "150"}};
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        buf_format(&b,
                   "\"%s\",\"1791190%s\",\"\",\"555\",\"\",\"\",\"\",\"100\",\"q\",\"SIP/trunk-1\","
                   "\"\",\"\",\"3\",\"\",\"7.0\",\"7.0\",\"SIP/7009-2\",\"\",\"\",\"\"\n",
                   events[i][0], events[i][1]);
    fixture_file(folder, "cel.csv", buf_all(&b));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    ck_assert_int_eq(o.calls[0].call.hold_ms, 25000);
    ck_assert_int_eq(o.calls[0].call.talk_ms, 15000);
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

/* Segments of an agent, and what becomes of them: what they do not say is not 0. */
#define SEGMENT(type, rest) "{\"segmentType\": \"" type "\"" rest "}"
#define AT(name, time)      ", \"segment" name "\": \"2026-10-05T09:" time "Z\""
static const struct {
    const char *segments;
    int64_t answered_s, talk_ms, hold_ms, wrap_ms; /* answered: after 9:00; -1 not known */
    const char *agents, *rings;
} segments[] = {
    {SEGMENT("interact", AT("Start", "01:00") AT("End", "02:00")) "," SEGMENT("interact",
                                                                              AT("End", "03:00")),
     60, -1, 0, -1, "[{\"agent\":\"a\"}]", ""},
    {SEGMENT("interact", AT("End", "03:00")) "," SEGMENT("interact",
                                                         AT("Start", "01:00") AT("End", "02:00")),
     60, -1, 0, -1, "[{\"agent\":\"a\"}]", ""},
    {SEGMENT("interact", AT("Start", "01:00")), 60, -1, 0, -1, "[{\"agent\":\"a\"}]", ""},
    {SEGMENT("interact", AT("Start", "01:00") AT("End", "01:00")) "," SEGMENT(
         "hold", AT("Start", "01:00")) "," SEGMENT("wrapup", AT("Start", "02:00")),
     60, 0, -1, -1, "[{\"agent\":\"a\",\"talk_ms\":0}]", ""},
    {SEGMENT("alert", AT("Start", "00:30")), -1, -1, -1, -1, "", "[{\"agent\":\"a\"}]"},
    {SEGMENT("alert", AT("Start", "00:30") AT("End", "00:42")), -1, -1, -1, -1, "",
     "[{\"agent\":\"a\",\"ms\":12000}]"},
};

START_TEST(segments_that_do_not_say_when)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    fixture_text(folder, "a.json",
                 arena_format(a,
                              "{\"conversationId\": \"x\", \"conversationStart\": "
                              "\"2026-10-05T09:00:00Z\", \"participants\": [{\"purpose\": \"acd\", "
                              "\"sessions\": [{\"segments\": [%s]}]}, {\"purpose\": \"agent\", "
                              "\"userId\": \"a\", \"sessions\": [{\"segments\": [%s]}]}]}",
                              SEGMENT("interact", AT("Start", "00:05")), segments[_i].segments));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    const struct call *c = &o.calls[0].call;
    ck_assert_int_eq(c->answered == -1 ? -1 : (c->answered - c->offered) / 1000,
                     segments[_i].answered_s);
    ck_assert_int_eq(c->wait_ms, -1);
    ck_assert_int_eq(c->talk_ms, segments[_i].talk_ms);
    ck_assert_int_eq(c->hold_ms, segments[_i].hold_ms);
    ck_assert_int_eq(c->wrap_ms, segments[_i].wrap_ms);
    ck_assert_str_eq(fixture_meta(c, "agents"), segments[_i].agents);
    ck_assert_str_eq(fixture_meta(c, "ring_no_answer"), segments[_i].rings);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

/* Nesting is bounded, and an element may not swallow the stack. */
START_TEST(deep_xml_is_refused)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf b = {0};
    for (int i = 0; i < 100000; i++)
        buf_str(&b, i ? "<a>" : "<cdr>");
    fixture_file(folder, "a.xml", buf_all(&b));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(strstr(o.reports[0].reason, "nested too deep") != NULL, "%s",
                  o.reports[0].reason);
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

struct joined {
    struct arena *a;
    struct call facts[8];
    size_t n;
};

static bool keep(void *context, const struct call *const *facts, size_t n, bool *known,
                 struct err *e)
{
    struct joined *j = context;
    (void)e;
    for (size_t i = 0; i < n; i++) {
        struct call c = *facts[i];
        known[i] = strncmp(c.source_key, "hb-", 3) == 0 || strcmp(c.source_key, "CA0001") == 0;
        ck_assert_uint_lt(j->n, 8);
        c.source = c.source ? c.source : "";
        c.type = c.queue = c.agent_id = c.agent_name = c.team = c.customer = "";
        c.customer_class = c.language = c.hung_up = c.wrap_up = "";
        call_copy(&c, j->a, &j->facts[j->n++]);
    }
    return true;
}

static bool take_none(void *context, const struct ingest_item *item, struct err *e)
{
    (void)context, (void)item, (void)e;
    ck_abort_msg("a survey is no call");
    return false;
}

static void note(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    struct joined *j = context;
    static const char *const verdicts[] = {"taken", "refused", "skipped"};
    (void)done, (void)all;
    struct call *c = &j->facts[7];
    c->source = arena_format(j->a, "%s%s %s, %zu: %s\n", c->source ? c->source : "",
                             verdicts[r->verdict], r->format, r->calls, r->reason);
}

START_TEST(facts_join_later)
{
    static const char *const paths[] = {FOLDER "survey.csv", FOLDER "survey.jsonl",
                                        FOLDER "twilio-recordings.json"};
    struct err e = {0};
    struct joined j = {.a = arena_open()};
    struct ingest_sink sink = {take_none, note, &j, keep};
    ck_assert(ingest_paths(paths, 3, &(struct ingest_options){0}, &sink, &e));
    ck_assert_str_eq(
        j.facts[7].source,
        "taken survey, 1: left out: line 4: csat: \"many\" is not a number; no call is known by "
        "the "
        "key nobody (line 3)\n"
        "taken survey-lines, 1: left out: line 2: no survey: key and csat, nps, resolved, "
        "complaint "
        "or churned belong here, and nothing else\n"
        "taken twilio-recordings, 1: no call is known by the key CA0009 (recordings[1])\n");
    ck_assert_uint_eq(j.n, 5);
    const struct call *c = &j.facts[0];
    ck_assert(c->csat == 4 && c->nps == 9 && c->resolved == 1 && !*c->source);
    ck_assert_str_eq(fixture_meta(c, "complaint"), "no");
    ck_assert_str_eq(fixture_meta(c, "churned"), "");
    ck_assert_str_eq(fixture_meta(c, "survey_comment"), "Friendly; quick");
    ck_assert_str_eq(fixture_meta(&j.facts[1], "churned"), "yes");
    ck_assert(j.facts[2].csat == 2.5 && j.facts[2].resolved == 0);
    ck_assert_str_eq(fixture_meta(&j.facts[2], "complaint"), "yes");
    ck_assert_str_eq(fixture_meta(&j.facts[3], "recording_stated_ms"), "119000");
    ck_assert_str_eq(fixture_meta(&j.facts[4], "recording_stated_ms"), "");
    arena_close(j.a);
}
END_TEST

/* Delivered at least once, in any order: the newest stands, whichever came last. */
START_TEST(older_deliveries_change_nothing)
{
    const char *folder = support_folder();
    static const char *const records[] = {
        "{\"ContactId\": \"x\", \"Channel\": \"VOICE\", \"InitiationMethod\": \"INBOUND\", "
        "\"LastUpdateTimestamp\": \"2026-10-05T09:10:00Z\", \"Queue\": {\"Name\": \"new\"}}\n",
        "{\"ContactId\": \"x\", \"Channel\": \"VOICE\", \"InitiationMethod\": \"INBOUND\", "
        "\"LastUpdateTimestamp\": \"2026-10-05T09:09:00Z\", \"Queue\": {\"Name\": \"old\"}}\n"};
    struct call both[2], out;
    struct outcome o[2] = {{0}, {0}};
    for (size_t i = 0; i < 2; i++) {
        fixture_text(folder, "a.json", records[i]);
        fixture_read(&o[i], folder, NULL);
        both[i] = o[i].calls[0].call;
    }
    merge_calls(&both[0], &both[1], MERGE_RECORD, o[0].a, &out);
    ck_assert_str_eq(out.queue, "new");
    merge_calls(&both[1], &both[0], MERGE_RECORD, o[0].a, &out);
    ck_assert_str_eq(out.queue, "new");
    fixture_free(&o[0]);
    fixture_free(&o[1]);
}
END_TEST

/* The same call in queue_log and CDR, in both orders: {queue_log, CDR, what comes of it}. */
#define QUEUED(events) "1791190800|1791190797.1|7100|NONE|ENTERQUEUE||5550101|1\n" events
#define LEG(answer, far, bill)                                                                     \
    "\"\",\"5550101\",\"7100\",\"ext-queues\",\"Ada\",\"PJSIP/trunk-01\",\"" far                   \
    "\",\"Queue\",\"7100\","                                                                       \
    "\"2026-10-05 08:59:57\",\"" answer "\",\"2026-10-05 09:02:35\",158," bill                     \
    ",\"ANSWERED\",\"DOCUMENTATION\",\"1791190797.1\",\"\"\n"
static const struct {
    const char *queue_log, *cdr, *result;
} twice_told[] = {
    {QUEUED("1791190818|1791190797.1|7100|PJSIP/7009|CONNECT|18|1791190798.2|3\n"
            "1791190918|1791190797.1|7100|PJSIP/7009|BLINDTRANSFER|7200|from-internal|18|100|1\n"),
     LEG("2026-10-05 08:59:59", "PJSIP/7010-02", "156"),
     "transferred PJSIP/7009 answered +18 wait 18 talk 100 ended +118"},
    {QUEUED("1791190830|1791190797.1|7100|NONE|ABANDON|1|1|30\n"),
     LEG("2026-10-05 08:59:59", "PJSIP/7010-02", "156"),
     "abandoned  answered -1 wait 30 talk -1 ended +30"},
};

START_TEST(logs_outweigh_legs_in_any_order)
{
    const char *texts[] = {twice_told[_i].queue_log, twice_told[_i].cdr};
    const char *folder = support_folder();
    struct outcome o[2] = {{0}, {0}};
    for (size_t i = 0; i < 2; i++) {
        fixture_text(folder, "a.log", texts[i]);
        fixture_read(&o[i], folder, NULL);
        ck_assert_msg(o[i].n_calls == 1, "%s", o[i].reports[0].reason);
    }
    for (size_t i = 0; i < 2; i++) {
        struct call c, again;
        merge_calls(&o[i].calls[0].call, &o[1 - i].calls[0].call, MERGE_RECORD, o[0].a, &c);
        merge_calls(&c, &o[i].calls[0].call, MERGE_RECORD, o[0].a, &again);
        int64_t answered = again.answered == CALL_UNKNOWN ? -1 : again.answered - again.offered;
        const char *is = arena_format(
            o[0].a, "%s %s answered %s%lld wait %lld talk %lld ended +%lld",
            call_outcome_names[again.outcome], again.agent_id, answered < 0 ? "" : "+",
            (long long)(answered < 0 ? -1 : answered / 1000), (long long)(again.wait_ms / 1000),
            (long long)(again.talk_ms < 0 ? -1 : again.talk_ms / 1000),
            (long long)(again.ended - again.offered) / 1000);
        ck_assert_str_eq(is, twice_told[_i].result);
        ck_assert_str_eq(fixture_meta(&again, "dialled"), "7100");
    }
    fixture_free(&o[0]);
    fixture_free(&o[1]);
}
END_TEST

/* Who called whom, by Asterisk's CDR and CEL. */
#define CDR(src, dst, context, near, far)                                                          \
    "\"\",\"" src "\",\"" dst "\",\"" context "\",\"Ann\",\"" near "\",\"" far "\",\"Dial\",\"\"," \
    "\"2026-10-05 10:00:00\",\"2026-10-05 10:00:12\",\"2026-10-05 10:02:12\",132,120,"             \
    "\"ANSWERED\",\"DOCUMENTATION\",\"1791194400.9\",\"\"\n"
#define CEL_ROW(event, at, peer, extra)                                                            \
    "\"" event "\",\"" at                                                                          \
    "\",\"Ann\",\"7010\",\"\",\"\",\"\",\"0030999\",\"from-internal\",\"PJSIP/7010-05\","          \
    "\"\",\"\",\"3\",\"\",\"1.9\",\"1.9\",\"" peer "\",\"\",\"\",\"" extra "\"\n"
static const struct {
    const char *text, *agents, *result;
} ways[] = {
    {CDR("7010", "0030999", "from-internal", "PJSIP/7010-05", "PJSIP/trunk-06"), NULL,
     "outbound PJSIP/7010 0030999 "},
    {CDR("7010", "0030999", "default", "PJSIP/7010-05", "PJSIP/trunk-06"), NULL,
     "outbound PJSIP/7010 0030999 "},
    {CDR("7010", "112", "default", "PJSIP/7010-05", "PJSIP/trunk-06"), "7010",
     "outbound PJSIP/7010 112 "},
    {CDR("+4930999", "0030111", "default", "PJSIP/ann-05", "PJSIP/trunk-06"), "x, pjsip/ann",
     "outbound PJSIP/ann 0030111 "},
    {CDR("+49151", "7010", "from-trunk", "PJSIP/trunk-07", "PJSIP/7010-08"), NULL,
     "inbound PJSIP/7010 +49151 "},
    {CDR("5550101", "18005550100", "custom", "SIP/trunk-07", "SIP/7009-08"), NULL,
     "inbound SIP/7009 5550101 "},
    {CDR("5550101", "100", "from-internal", "Local/7009@from-queue-01;2", "SIP/7009-08"), NULL,
     "inbound SIP/7009 5550101 guessed"},
    {CDR("7010", "7011", "from-internal", "SIP/7010-07", "SIP/7011-08"), NULL,
     "inbound SIP/7011 7010 guessed"},
    {CDR("7010", "7011", "from-internal", "SIP/7010-07", "SIP/7011-08"), "7010,7011",
     "inbound SIP/7011 7010 guessed"},
    {CDR("", "s", "default", "odd", ""), NULL, "inbound   guessed"},
    {CEL_ROW("CHAN_START", "1791190800.1", "", "")
         CEL_ROW("BRIDGE_ENTER", "1791190805.5", "PJSIP/trunk-06", "")
             CEL_ROW("HANGUP", "1791190860", "", "16,PJSIP/trunk-06,"),
     NULL, "outbound PJSIP/7010 0030999 customer"},
};

START_TEST(who_called_whom)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct ingest_options options = {.source = "pbx", .agents = ways[_i].agents};
    fixture_text(folder, "a.csv", ways[_i].text);
    fixture_read(&o, folder, &options);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    const struct call *c = &o.calls[0].call;
    const char *is = arena_format(o.a, "%s %s %s %s%s", call_direction_names[c->direction],
                                  c->agent_id, c->customer, fixture_meta(c, "sides"), c->hung_up);
    ck_assert_str_eq(is, ways[_i].result);
    fixture_free(&o);
}
END_TEST

START_TEST(zones_are_checked)
{
    struct outcome o = {0};
    fixture_read(&o, FOLDER, &(struct ingest_options){.zone = "Athens"});
    ck_assert(!o.ok);
    ck_assert_msg(strstr(o.e.text, "zone: \"Athens\" is no zone") != NULL, "%s", o.e.text);
    fixture_free(&o);
}
END_TEST

TCase *test_ingest_records(void)
{
    TCase *t = tcase_create("records");
    support_rows(t, what_records_become, files);
    support_rows(t, records_with_faults, faults);
    support_rows(t, queues_that_do_not_say_how_long, waits);
    support_rows(t, segments_that_do_not_say_when, segments);
    tcase_add_test(t, a_hold_may_last_to_the_end);
    tcase_add_test(t, deep_xml_is_refused);
    tcase_add_test(t, facts_join_later);
    tcase_add_test(t, older_deliveries_change_nothing);
    support_rows(t, logs_outweigh_legs_in_any_order, twice_told);
    support_rows(t, who_called_whom, ways);
    tcase_add_test(t, zones_are_checked);
    return t;
}
