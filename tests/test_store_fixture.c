#include "test_store_fixture.h"

#include "base/file.h"

#include <sqlite3.h>

const struct store_act fixture_act = {.at = 1791190800000, .why = ""};

int64_t fixture_minute(int minute)
{
    return 1791190800000 + minute * (int64_t)60000; /* 2026-10-05T09:00:00Z */
}

void fixture_open(struct fixture *f)
{
    *f = (struct fixture){.a = arena_open()};
    f->folder = arena_copy(f->a, support_folder());
    f->s = store_open_writer(f->folder, &f->e);
    must(f, f->s != NULL);
}

void fixture_close(struct fixture *f)
{
    store_close(f->s);
    arena_close(f->a);
}

void fixture_reopen(struct fixture *f)
{
    store_close(f->s);
    f->s = store_open_writer(f->folder, &f->e);
    must(f, f->s != NULL);
}

const char *fixture_path(struct fixture *f, const char *name)
{
    return file_join(f->a, f->folder, name);
}

bool fixture_outside(struct fixture *f, const char *sql)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(fixture_path(f, "earshot.db"), &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    return code == SQLITE_OK;
}

struct call fixture_call(struct fixture *f, const char *key, const char *agent, const char *team,
                         int minute, const char *agent_says, const char *customer_says)
{
    struct call c;
    struct call_turn *turns = arena_array(f->a, 2, sizeof *turns);
    turns[0] = (struct call_turn){CALL_AGENT, 0, 4000, agent_says, NULL, 0};
    turns[1] = (struct call_turn){CALL_CUSTOMER, 4000, 9000, customer_says, NULL, 0};
    call_init(&c);
    c.source = "harbour", c.source_key = key;
    c.agent_id = agent, c.agent_name = agent, c.team = team;
    c.type = "support", c.queue = "main", c.language = "en";
    c.offered = fixture_minute(minute), c.answered = c.offered + 5000;
    c.ended = c.answered + 120000;
    c.turns = turns, c.n_turns = 2;
    must(f, call_finish(&c, f->a, &f->e));
    return c;
}

enum store_put fixture_put(struct fixture *f, const struct call *c)
{
    enum store_put what = STORE_UNCHANGED;
    must(f, store_begin(f->s, &f->e));
    must(f, store_end(f->s, store_call_put(f->s, c, &fixture_act, &what, &f->e), &f->e));
    return what;
}

int64_t fixture_user(struct fixture *f, const char *login, enum store_role role, const char *team,
                     const char *agent)
{
    struct store_user u = {.login = login, .name = login, .role = role, .active = true};
    int64_t id = 0;
    u.team = team, u.agent = agent;
    must(f, store_begin(f->s, &f->e));
    must(f, store_end(f->s, store_user_add(f->s, &u, &fixture_act, &id, &f->e), &f->e));
    return id;
}

static const struct form_option greeting[] = {{"yes", "Yes", {1, 1}, FORM_FAILS_NOTHING},
                                              {"no", "No", {0, 1}, FORM_FAILS_NOTHING}};
static const struct form_option solved[] = {{"yes", "Yes", {1, 1}, FORM_FAILS_NOTHING},
                                            {"partly", "Partly", {1, 2}, FORM_FAILS_NOTHING},
                                            {"no", "No", {0, 1}, FORM_FAILS_NOTHING}};
static const struct form_section sections[] = {{.id = "all", .title = "All", .parent = FORM_NONE}};
static const struct form_question questions[] = {
    {.id = "greeting", .ask = "Greeted?", .kind = FORM_CHOICE, .options = greeting, .n_options = 2},
    {.id = "solved", .ask = "Solved?", .kind = FORM_CHOICE, .options = solved, .n_options = 3},
    {.id = "more", .ask = "What else?", .kind = FORM_TEXT},
};
const struct form fixture_form = {.id = "support-voice",
                                  .version = "1",
                                  .title = "Support call",
                                  .sections = sections,
                                  .n_sections = 1,
                                  .questions = questions,
                                  .n_questions = 3};

int64_t fixture_card(struct fixture *f)
{
    struct store_card card = {.card = "support-voice", .version = "1", .title = "Support call"};
    int64_t id = 0;
    bool fresh;
    card.text = "return card {}";
    must(f, store_begin(f->s, &f->e));
    bool ok = store_card_add(f->s, &card, &fixture_act, &id, &fresh, &f->e) &&
              store_card_set_report(f->s, id, "{}", "{}", true, &fixture_act, &f->e) &&
              store_card_publish(f->s, id, &fixture_act, &f->e);
    must(f, store_end(f->s, ok, &f->e));
    return id;
}

static struct answer choice(struct fixture *f, const char *option)
{
    const char **values = arena_array(f->a, 1, sizeof *values);
    values[0] = option;
    return (struct answer){.state = ANSWER_GIVEN,
                           .values = values,
                           .n_values = 1,
                           .locus = FORM_AGENT,
                           .reason = "",
                           .note = ""};
}

struct sheet fixture_sheet(struct fixture *f, const char *call, int64_t card, int64_t user,
                           const char *first, const char *second)
{
    struct sheet s = {.card_version = card,
                      .author = user ? SHEET_EVALUATOR : SHEET_CARD,
                      .author_user = user,
                      .made_at = fixture_act.at,
                      .summary = "Well done.",
                      .failure = "",
                      .n_answers = 3};
    struct sheet_score score = {.scored = true, .outcome = SHEET_PASSED, .fired_by = FORM_NONE};
    memcpy(s.call_id, call, CALL_ID);
    s.answers = arena_array(f->a, 3, sizeof *s.answers);
    s.answers[0] = choice(f, first);
    s.answers[1] = choice(f, second);
    s.answers[2] = choice(f, "They asked for a call back: \xE8\xB4\xA6\xE5\x8D\x95.");
    score.percent = frac_of(250, 3);
    score.earned = frac_of(5, 2), score.max = frac_whole(3);
    s.agent = s.customer = score;
    s.customer.percent = frac_whole(50);
    return s;
}
