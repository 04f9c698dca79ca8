#include "connect_export.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define INSTANCE                                                                                   \
    "arn:aws:connect:eu-west-2:123456789012:instance/258252ea-967d-46f9-a510-b7f0bae69eea"

struct contact {
    char id[37], offered[CLOCK_TEXT], answered[CLOCK_TEXT], ended[CLOCK_TEXT];
    const struct call *call;
    int64_t seconds;
};

/* To the second, as contact records say it. */
static void print_time(int64_t ms, char out[CLOCK_TEXT])
{
    clock_print(ms, out);
    snprintf(out + sizeof "2026-10-05T09:14:02" - 1, 2, "Z");
}

static struct contact contact_of(const struct call *c, int i)
{
    struct contact out = {.call = c, .seconds = (c->ended - c->answered) / 1000};
    uint32_t mixed = (uint32_t)i * 2654435761u; /* as spread as real ids are */
    snprintf(out.id, sizeof out.id, "%08x-6a89-4d73-bfcf-%012x", mixed, (unsigned)i);
    print_time(c->offered, out.offered);
    print_time(c->answered, out.answered);
    print_time(c->ended, out.ended);
    return out;
}

static void add_record(struct buf *b, const struct contact *k)
{
    buf_format(
        b,
        "{\"AWSAccountId\":\"123456789012\",\"AWSContactTraceRecordFormatVersion\":\"2017-03-10\","
        "\"Agent\":{\"ARN\":\"" INSTANCE "/agent/e7c9afb6-b1e1-4afa-b5b5-d1c9bc752b69\","
        "\"AfterContactWorkDuration\":5,\"AfterContactWorkEndTimestamp\":\"%s\","
        "\"AfterContactWorkStartTimestamp\":\"%s\",\"AgentInteractionDuration\":%lld,"
        "\"ConnectedToAgentTimestamp\":\"%s\",\"CustomerHoldDuration\":0,\"HierarchyGroups\":"
        "{\"Level1\":{\"ARN\":\"" INSTANCE "/agent-group/bf0c4e88-50bd-4bb9-823c-8650c630cf87\","
        "\"GroupName\":\"Harbourmere\"},\"Level2\":{\"ARN\":\"" INSTANCE
        "/agent-group/647c7f7d-250b-426a-a0a3-1c1b5c43841d\",\"GroupName\":\"%s\"},"
        "\"Level3\":null,\"Level4\":null,\"Level5\":null},\"LongestHoldDuration\":0,"
        "\"NumberOfHolds\":0,\"RoutingProfile\":{\"ARN\":\"" INSTANCE
        "/routing-profile/304e0036-2322-45fd-80c4-c97e184c388b\",\"Name\":\"Harbourmere all\"},"
        "\"Username\":\"%s\"},\"AgentConnectionAttempts\":1,"
        "\"AnsweringMachineDetectionStatus\":null,",
        k->ended, k->ended, (long long)k->seconds, k->answered, k->call->team, k->call->agent_id);
    buf_format(
        b,
        "\"Attributes\":{\"Acct_Code\":\"\",\"CodeNum\":\"0\",\"PathCode\":\"8477597_002_00002\","
        "\"SurveyFlag\":\"N\",\"TodayContact\":\"Y\",\"ewtcheck\":\"Y\"},"
        "\"Campaign\":{\"CampaignId\":null},\"Channel\":\"VOICE\","
        "\"ConnectedToSystemTimestamp\":\"%s\",\"ContactDetails\":{},\"ContactId\":\"%s\","
        "\"CustomerEndpoint\":{\"Address\":\"%s\",\"Type\":\"TELEPHONE_NUMBER\"},"
        "\"DisconnectReason\":\"CUSTOMER_DISCONNECT\",\"DisconnectTimestamp\":\"%s\","
        "\"InitialContactId\":null,\"InitiationMethod\":\"INBOUND\",\"InitiationTimestamp\":\"%s\","
        "\"InstanceARN\":\"" INSTANCE "\",\"LastUpdateTimestamp\":\"%s\","
        "\"MediaStreams\":[{\"Type\":\"AUDIO\"}],\"NextContactId\":null,"
        "\"PreviousContactId\":null,",
        k->offered, k->id, k->call->customer, k->ended, k->offered, k->ended);
    buf_format(
        b,
        "\"Queue\":{\"ARN\":\"" INSTANCE "/queue/078ccbaa-ae69-4bf9-84bc-5c60ca9b1478\","
        "\"DequeueTimestamp\":\"%s\",\"Duration\":9,\"EnqueueTimestamp\":\"%s\","
        "\"Name\":\"%s\"},\"Recording\":{\"DeletionReason\":null,\"Location\":"
        "\"amazon-connect-b278e465e71c/connect/harbour/CallRecordings/%s.wav\","
        "\"Status\":\"AVAILABLE\",\"Type\":\"AUDIO\"},\"Recordings\":[{\"DeletionReason\":null,"
        "\"FragmentStartNumber\":null,\"FragmentStopNumber\":null,\"Location\":"
        "\"amazon-connect-b278e465e71c/connect/harbour/CallRecordings/%s.wav\","
        "\"MediaStreamType\":\"AUDIO\",\"ParticipantType\":null,\"StartTimestamp\":null,"
        "\"Status\":\"AVAILABLE\",\"StopTimestamp\":null,\"StorageType\":\"S3\"}],"
        "\"References\":[],\"ScheduledTimestamp\":null,\"SystemEndpoint\":{\"Address\":"
        "\"+18003335555\",\"Type\":\"TELEPHONE_NUMBER\"},\"TransferCompletedTimestamp\":null,"
        "\"TransferredToEndpoint\":null,\"VoiceIdResult\":null}\n",
        k->answered, k->offered, k->call->queue, k->id, k->id);
}

static void add_turn(struct buf *b, const struct call_turn *t, int n, const struct contact *k)
{
    buf_format(b,
               "%s{\"BeginOffsetMillis\":%lld,\"Content\":\"%s\",\"EndOffsetMillis\":%lld,"
               "\"Id\":\"%.8s-0000-4000-8000-%012x\",\"ParticipantId\":\"%s\","
               "\"Sentiment\":\"NEUTRAL\",\"LoudnessScore\":[79.27,78.54,80.1,77.32]}",
               n ? "," : "", (long long)t->start_ms, t->text, (long long)t->end_ms, k->id,
               (unsigned)n, t->side == CALL_AGENT ? "AGENT" : "CUSTOMER");
}

static void add_analysis(struct buf *b, const struct contact *k)
{
    buf_format(b,
               "{\"AccountId\":\"123456789012\",\"Categories\":{\"MatchedCategories\":[],"
               "\"MatchedDetails\":{}},\"Channel\":\"VOICE\",\"ContentMetadata\":{\"Output\":"
               "\"Raw\"},\"ConversationCharacteristics\":{\"TotalConversationDurationMillis\":%lld,"
               "\"Interruptions\":{\"InterruptionsByInterrupter\":{},\"TotalCount\":0,"
               "\"TotalTimeMillis\":0},\"NonTalkTime\":{\"TotalTimeMillis\":0,\"Instances\":[]}},"
               "\"CustomModels\":[],\"CustomerMetadata\":{\"ContactId\":\"%s\"},"
               "\"JobStatus\":\"COMPLETED\",\"LanguageCode\":\"en-GB\",\"Participants\":["
               "{\"ParticipantId\":\"CUSTOMER\",\"ParticipantRole\":\"CUSTOMER\"},"
               "{\"ParticipantId\":\"AGENT\",\"ParticipantRole\":\"AGENT\"}],\"Transcript\":[",
               (long long)k->seconds * 1000, k->id);
    for (size_t i = 0; i < k->call->n_turns; i++)
        add_turn(b, &k->call->turns[i], (int)i, k);
    buf_str(b, "],\"Version\":\"VOICE-2022-11-30\"}\n");
}

static void put(int fd, const struct buf *b, const char *path)
{
    struct err e = {0};
    bool ok = fd >= 0 && file_put(fd, buf_all(b));
    if (!ok)
        err_set(&e, ERR_IO, "%s: cannot be written", path);
    bench_must(ok, &e);
}

static void write_analysis(const char *folder, const struct contact *k, struct arena *a,
                           struct buf *b)
{
    static const char form[] = "%s/Analysis/Voice/%.4s/%.2s/%.2s";
    struct err e = {0};
    const char *at = k->offered;
    char *day = arena_format(a, form, folder, at, at + 5, at + 8);
    char *path = arena_format(a, "%s/%s_analysis_%s.json", day, k->id, at);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        bench_must(file_make_folder(day, &e), &e);
        fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
    buf_clear(b);
    add_analysis(b, k);
    put(fd, b, path);
    close(fd);
}

void connect_export(const char *folder, size_t n)
{
    struct arena *a = arena_open(), *each = arena_open();
    struct buf b = {0};
    struct err e = {0};
    bench_must(file_make_folder(folder, &e), &e);
    const char *path = file_join(a, folder, "contact_records");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (size_t i = 0; i < n; i++, arena_reset(each)) {
        struct call c;
        bench_call(each, (int)i, &c);
        struct contact k = contact_of(&c, (int)i);
        buf_clear(&b);
        add_record(&b, &k);
        put(fd, &b, path);
        write_analysis(folder, &k, each, &b);
    }
    close(fd);
    buf_free(&b);
    arena_close(each);
    arena_close(a);
}
