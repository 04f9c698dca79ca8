/* Much of the same in one file: memory and time grow with its length alone. Whoever looks on to the
 * end at each of some hundred thousand is not done within the minute that a test has. */
#include <string.h>

#include "support.h"
#include "test_ingest_fixture.h"

#define SIPREC "<recording xmlns='urn:ietf:params:xml:ns:recording:1'>"
#define ANALYTICS                                                                                  \
    "{\"JobName\": \"j\", \"Transcript\": [{\"ParticipantRole\": \"AGENT\", "                      \
    "\"BeginOffsetMillis\": 0, \"EndOffsetMillis\": 9, "

#define IN_QUEUE "1791190800|7.1|q|NONE|ENTERQUEUE||555|1\n"
#define CONNECT  "1791190801|7.1|q|SIP/1|CONNECT|1|x|1\n"

static const struct {
    const char *name;
    struct {
        const char *text;
        size_t times;
    } parts[5];
    const char *reason; /* "" where it is taken */
} heaps[] = {
    {"queue_log",
     {{IN_QUEUE, 1}, {CONNECT, 200000}, {"1791190802|7.1|q|SIP/2|COMPLETEAGENT|1|2|1\n", 200000}},
     ""},
    {"queue_log",
     {{IN_QUEUE, 1},
      {CONNECT, 200000},
      {"1791190802|7.1|p|SIP/2|ATTENDEDTRANSFER|APP|x|1|2|1\n", 200000}},
     ""},
    {"a.srt",
     {{"1\n00:00:00,000 --> 00:00:04,200\nhello ", 1}, {"{\\", 3000000}},
     "text: longer than"},
    {"a.srt",
     {{"1\n00:00:00,000 --> 00:00:04,200\nhello ", 1}, {"<i ", 2000000}},
     "text: longer than"},
    {"a.xml", {{SIPREC, 1}, {"recording ", 1500000}}, "the metadata part is not closed"},
    {"a.xml", {{SIPREC, 1}, {"</recording ", 1500000}}, "the metadata part is not closed"},
    {"a.xml",
     {{SIPREC "<session session_id='s'/><participant participant_id='p'>", 1},
      {"<send>x</send>", 200000},
      {"</participant>", 1},
      {"<stream id='y'/>", 200000},
      {"</recording>", 1}},
     ""},
    {"a.json",
     {{"{\"Version\": \"VOICE-1\", \"Participants\": [{\"ParticipantId\": \"p\", "
       "\"ParticipantRole\": \"",
       1},
      {"long", 250000},
      {"\"}], \"Transcript\": [{}", 1},
      {",{\"ParticipantId\":\"p\",\"Content\":\"x\"}", 20000},
      {"]}", 1}},
     ""},
    {"a.vcon",
     {{"{\"uuid\": \"x\", \"parties\": [{}], \"dialog\": [{}", 1},
      {",{}", 90000},
      {"], \"analysis\": [{}", 1},
      {",{\"dialog\":-1}", 1500000},
      {"]}", 1}},
     ""},
    {"a.json",
     {{ANALYTICS "\"Content\": \"", 1},
      {"a", 1000000},
      {"\", \"Items\": [{}", 1},
      {",{\"Content\":\"b\"}", 1000000},
      {"]}]}", 1}},
     ""},
};

START_TEST(heaps_are_read_in_linear_time)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf b = {0};
    for (size_t i = 0; i < 5 && heaps[_i].parts[i].text; i++) {
        for (size_t k = 0; k < heaps[_i].parts[i].times; k++)
            buf_str(&b, heaps[_i].parts[i].text);
    }
    fixture_file(folder, heaps[_i].name, buf_all(&b));
    fixture_read(&o, folder, NULL);
    const char *said = o.reports[0].reason;
    ck_assert_msg(strstr(said, heaps[_i].reason) != NULL, "%s", said);
    ck_assert_msg(o.n_calls == !*heaps[_i].reason, "%s", said);
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

TCase *test_ingest_heaps(void)
{
    TCase *t = tcase_create("heaps");
    support_rows(t, heaps_are_read_in_linear_time, heaps);
    return t;
}
