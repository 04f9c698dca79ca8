#include "test_desk_fixture.h"

#include "support.h"

#include "base/file.h"
#include "base/hash.h"
#include "store/calls.h"
#include "store/cards.h"
#include "store/media.h"
#include "store/sheets.h"
#include "score/tally.h"

#include <string.h>

enum { ANY_LOCUS = 1 << FORM_PROCESS | 1 << FORM_TOOL | 1 << FORM_POLICY | 1 << FORM_BY_CUSTOMER };
enum { START = 1791190800 }; /* 5 Oct 2026, s since 1970 */

static void must(bool ok, const struct err *e)
{
    ck_assert_msg(ok, "%s", e->text);
}

static const struct form_option yes_no[] = {{"yes", "Yes", {1, 1}, FORM_FAILS_NOTHING},
                                            {"no", "No", {0, 1}, FORM_FAILS_NOTHING}};
static const struct form_option identity[] = {{"yes", "Yes", {1, 1}, FORM_FAILS_NOTHING},
                                              {"no", "No", {0, 1}, FORM_FAILS_FORM}};
static const struct form_option tags[] = {{"polite", "Polite", {1, 2}, FORM_FAILS_NOTHING},
                                          {"clear", "Clear", {1, 2}, FORM_FAILS_NOTHING}};
static const struct form_range minutes[] = {{{0, 1}, {5, 1}, {1, 1}, FORM_FAILS_NOTHING},
                                            {{6, 1}, {60, 1}, {0, 1}, FORM_FAILS_NOTHING}};
static const char *const no_value[] = {"no"};
static const struct form_condition when_no = {
    .test = FORM_IS, .question = 0, .values = no_value, .n_values = 1};
static const struct form_question questions[] = {
    {.id = "greeting",
     .ask = "Greeted the caller?",
     .help = "",
     .coach = "",
     .weight = {2, 1},
     .max = {1, 1},
     .na_allowed = true,
     .automatic = FORM_ANSWER,
     .has_check = true,
     .loci = 1 | ANY_LOCUS,
     .options = yes_no,
     .n_options = 2},
    {.id = "tags",
     .ask = "How did it sound?",
     .help = "",
     .coach = "",
     .kind = FORM_MULTI,
     .weight = {1, 1},
     .max = {1, 1},
     .na_allowed = true,
     .options = tags,
     .n_options = 2},
    {.id = "minutes",
     .ask = "Minutes on hold?",
     .help = "",
     .coach = "",
     .kind = FORM_NUMBER,
     .weight = {1, 1},
     .max = {1, 1},
     .ranges = minutes,
     .n_ranges = 2},
    {.id = "remark",
     .ask = "Anything else?",
     .help = "",
     .coach = "",
     .kind = FORM_TEXT,
     .weight = {1, 1},
     .max = {1, 1}},
    {.id = "seen",
     .ask = "Promised for?",
     .help = "",
     .coach = "",
     .kind = FORM_DATE,
     .weight = {1, 1},
     .max = {1, 1}},
    {.id = "identity",
     .ask = "Checked identity?",
     .help = "",
     .coach = "",
     .weight = {2, 1},
     .max = {1, 1},
     .critical = FORM_COMPLIANCE,
     .note = FORM_NOTE_ON_FAIL,
     .options = identity,
     .n_options = 2},
    {.id = "why",
     .ask = "Did it come later?",
     .help = "",
     .coach = "",
     .weight = {1, 1},
     .max = {1, 1},
     .when = &when_no,
     .options = yes_no,
     .n_options = 2},
};
static const struct form_section sections[] = {
    {.id = "all", .title = "Everything", .parent = FORM_NONE, .weight = {100, 1}}};
static const struct form_band bands[] = {{{0, 1}, "Needs work"}, {{80, 1}, "Good"}};
static const char *const voice[] = {"voice", NULL};
static const char *const none[] = {NULL};

static const struct form form = {
    .id = "voice-card",
    .version = "1.0",
    .title = "Voice call",
    .about = "",
    .autofail_zero = true,
    .clamp = true,
    .pass = {80, 1},
    .round = 1,
    .applies = {voice, none, none, none, none},
    .bands = bands,
    .n_bands = 2,
    .sections = sections,
    .n_sections = 1,
    .questions = questions,
    .n_questions = sizeof questions / sizeof *questions,
};

const struct form *centre_form(void)
{
    return &form;
}

static void add_people(struct centre *c)
{
    static const struct store_team teams[] = {{"red", "Red", 0}, {"blue", "Blue", 0}};
    static const struct store_agent agents[] = {{"a1", "Eleni Petrou", "red", ""},
                                                {"a2", "Tom Bell", "blue", ""}};
    struct err e = {0};
    struct store_act act = {.at = c->now, .why = ""};
    for (int i = 0; i < 2; i++) {
        must(store_team_put(c->store, &teams[i], &e), &e);
        must(store_agent_put(c->store, &agents[i], &act, &e), &e);
    }
    for (int role = 0; role < STORE_ROLES; role++) {
        struct store_user u = {.login = store_role_names[role],
                               .name = store_role_names[role],
                               .role = (enum store_role)role,
                               .team = role == STORE_LEAD ? "red" : "",
                               .agent = role == STORE_AGENT ? "a1" : "",
                               .password = "",
                               .active = true,
                               .settings = "{}"};
        must(store_user_add(c->store, &u, &act, &c->users[role], &e), &e);
    }
}

static void add_call(struct centre *c, int i, const struct call *like)
{
    static const struct call_turn turns[] = {
        {CALL_AGENT, 0, 3000, "Thank you for calling Harbourmere, my name is Eleni.", NULL, 0},
        {CALL_CUSTOMER, 3500, 9000, "My bill is wrong, I was charged twice for water.", NULL, 0},
        {CALL_AGENT, 9500, 12000, "I see the second charge and take it off now.", NULL, 0},
        {CALL_CUSTOMER, 12500, 14000, "Wonderful, goodbye.", NULL, 0},
    };
    struct err e = {0};
    enum store_put what;
    struct store_act act = {.at = c->now, .why = ""};
    struct call *out = &c->calls[i];
    *out = *like;
    out->source = "test";
    out->source_key = arena_format(c->arena, "call-%d", i);
    out->answered = (int64_t)START * 1000 + i * 86400000LL;
    out->ended = out->answered + 14000;
    out->turns = turns;
    out->n_turns = i == 0 ? 4 : 2;
    must(call_finish(out, c->arena, &e), &e);
    must(store_call_put(c->store, out, &act, &what, &e), &e);
}

/* Bytes of a recording: nobody here listens to them. */
static void add_recording(struct centre *c, struct call *to)
{
    struct err e = {0};
    struct store_recording r = {.mime = "audio/wav", .bytes = 10, .channels = 2, .rate = 8000};
    const char *path = arena_format(c->arena, "%s/recording", store_folder(c->store));
    r.frames = 112000;
    r.ms = 14000;
    hash_text(SLICE(CENTRE_RECORDING), r.hash);
    must(file_write(path, SLICE(CENTRE_RECORDING), &e), &e);
    must(store_media_keep(c->store, path, r.hash, &e), &e);
    must(store_recording_put(c->store, &r, &e), &e);
    must(store_peaks_put(c->store, r.hash, SLICE(CENTRE_PEAKS), &e), &e);
    memcpy(to->recording, r.hash, sizeof to->recording);
    to->recording_n_channels = 2;
    to->recording_channels[1] = CALL_CUSTOMER;
    to->recording_ms = r.ms;
}

static void add_calls(struct centre *c)
{
    static const struct {
        const char *agent, *name, *team, *type;
        enum call_channel channel;
    } rows[CENTRE_CALLS] = {{"a1", "Eleni Petrou", "red", "billing", CALL_VOICE},
                            {"a2", "Tom Bell", "blue", "billing", CALL_VOICE},
                            {"a1", "Eleni Petrou", "red", "support", CALL_CHAT}};
    for (int i = 0; i < CENTRE_CALLS; i++) {
        struct call like;
        call_init(&like);
        like.agent_id = rows[i].agent;
        like.agent_name = rows[i].name;
        like.team = rows[i].team;
        like.type = rows[i].type;
        like.channel = rows[i].channel;
        like.language = "en";
        if (i == 1)
            add_recording(c, &like);
        add_call(c, i, &like);
    }
}

static int64_t publish(struct centre *c, const char *version)
{
    struct err e = {0};
    struct buf definition = {0};
    struct store_act act = {.user = c->users[STORE_MANAGER], .at = c->now, .why = ""};
    struct form f = form;
    int64_t id;
    bool fresh;
    f.version = version;
    form_write(&f, &definition);
    struct store_card card = {.card = f.id,
                              .version = version,
                              .title = f.title,
                              .text = arena_format(c->arena, "-- voice-card %s", version),
                              .definition = buf_text(&definition),
                              .report = ""};
    must(store_card_add(c->store, &card, &act, &id, &fresh, &e), &e);
    must(store_card_set_report(c->store, id, buf_text(&definition), "{}", true, &act, &e), &e);
    must(store_card_publish(c->store, id, &act, &e), &e);
    buf_free(&definition);
    return id;
}

int64_t centre_publish(struct centre *c, const char *version)
{
    struct err e = {0};
    must(store_begin(c->store, &e), &e);
    int64_t id = publish(c, version);
    must(store_commit(c->store, &e), &e);
    return id;
}

/* What the card would say: greeted, with its place; the rest is a person's. */
static void score(struct centre *c)
{
    static const char *const yes[] = {"yes"};
    static const struct evidence place = {
        .turn = 0, .start_ms = 0, .end_ms = 3000, .from = 0, .to = 21, .label = ""};
    struct err e = {0};
    struct sheet s = {.card_version = c->card,
                      .author = SHEET_CARD,
                      .author_name = "",
                      .made_at = c->now,
                      .summary = "",
                      .n_answers = form.n_questions,
                      .failure = ""};
    struct answer *answers = arena_array(c->arena, form.n_questions, sizeof *answers);
    memcpy(s.call_id, c->calls[0].id, sizeof s.call_id);
    for (size_t i = 0; i < form.n_questions; i++)
        answers[i] = (struct answer){.reason = "", .note = ""};
    answers[0] = (struct answer){.state = ANSWER_GIVEN,
                                 .values = yes,
                                 .n_values = 1,
                                 .reason = "",
                                 .note = "",
                                 .evidence = &place,
                                 .n_evidence = 1};
    s.answers = answers;
    must(tally(&form, &s, c->arena, &e), &e);
    must(store_sheet_put_card(c->store, &form, &s, "test", &c->machine, &e), &e);
}

void centre_open(struct centre *c)
{
    struct err e = {0};
    *c = (struct centre){.arena = arena_open(), .now = (int64_t)START * 1000 + 7 * 86400000LL};
    c->store = store_open_writer(support_folder(), &e);
    ck_assert_msg(c->store != NULL, "%s", e.text);
    must(store_begin(c->store, &e), &e);
    add_people(c);
    add_calls(c);
    c->card = publish(c, form.version);
    score(c);
    must(store_commit(c->store, &e), &e);
}

void centre_close(struct centre *c)
{
    store_close(c->store);
    arena_close(c->arena);
}

struct desk centre_desk(struct centre *c, enum store_role role)
{
    struct err e = {0};
    struct store_user u;
    c->now += 1000;
    must(store_user_get(c->store, c->users[role], c->arena, &u, &e), &e);
    return (struct desk){.store = c->store,
                         .arena = c->arena,
                         .viewer = store_user_viewer(&u),
                         .user = u.id,
                         .name = u.name,
                         .role = u.role,
                         .address = "127.0.0.1",
                         .now = c->now};
}
