/* demo: an invented centre to look around in, from the folder of files that
 * tests/demo/make-demo.mjs made. */
#include "cli/cli.h"

#include "base/file.h"
#include "cli/demo_desk.h"
#include "cli/demo_reviews.h"
#include "cli/demo_versions.h"
#include "cli/scored.h"
#include "flow.h"
#include "desk/people.h"
#include "store/calls.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MOST = 64 << 20 };

static bool read_json(struct cli *c, const char *folder, const char *name, struct json **out,
                      struct err *e)
{
    const char *path = file_join(c->arena, folder, name);
    struct slice text;
    *out = NULL;
    if (!file_read(c->arena, path, FILE_MOST, &text, e))
        return false;
    *out = json_parse(text, JSON_DEPTH, e);
    return *out || err_within(e, "%s", path);
}

static bool add_teams(struct cli *c, const struct json *people, struct err *e)
{
    struct store_act act = {0, clock_now(&c->clock), "demo centre"};
    bool ok = store_begin(c->store, e);
    if (!ok)
        return false;
    for (const struct json *t = json_first(json_get(people, "teams")); ok && t; t = json_next(t)) {
        struct store_team team = {.id = json_get_text(t, "id", ""),
                                  .name = json_get_text(t, "name", "")};
        ok = store_team_put(c->store, &team, e);
    }
    for (const struct json *g = json_first(json_get(people, "agents")); ok && g; g = json_next(g)) {
        struct store_agent agent = {.id = json_get_text(g, "id", ""),
                                    .name = json_get_text(g, "name", ""),
                                    .team = json_get_text(g, "team", "")};
        ok = store_agent_put(c->store, &agent, &act, e);
    }
    return store_end(c->store, ok, e);
}

/* Adds the users and gathers their passwords, which exist nowhere else. */
static bool add_users(struct cli *c, const struct json *people, struct json *sign_ins,
                      struct err *e)
{
    struct desk d;
    cli_desk(c, &d);
    for (const struct json *u = json_first(json_get(people, "users")); u; u = json_next(u)) {
        char password[PEOPLE_PASSWORD];
        int role = call_name_index(store_role_names, json_get_text(u, "role", ""));
        struct store_user user = {.login = json_get_text(u, "login", ""),
                                  .name = json_get_text(u, "name", ""),
                                  .role = (enum store_role)(role < 0 ? 0 : role),
                                  .team = json_get_text(u, "team", ""),
                                  .agent = json_get_text(u, "agent", "")};
        if (!people_add(&d, &user, password, e))
            return false;
        struct json *one = json_object();
        json_put_text(one, "role", json_get_text(u, "role", ""));
        json_put_text(one, "login", user.login);
        json_put_text(one, "password", password);
        json_put_text(one, "name", user.name);
        json_push(sign_ins, one);
    }
    return true;
}

static bool keep_sign_ins(struct cli *c, const struct json *sign_ins, struct err *e)
{
    struct buf text = {0};
    json_print_pretty(sign_ins, &text);
    bool ok = file_write(file_join(c->arena, c->data, "sign-ins.json"), buf_all(&text), e);
    buf_free(&text);
    return ok;
}

static bool make_people(struct cli *c, const char *folder, struct json *sign_ins, struct err *e)
{
    struct json *people;
    bool ok = read_json(c, folder, "people.json", &people, e) && add_teams(c, people, e) &&
              add_users(c, people, sign_ins, e);
    json_free(people);
    return ok;
}

static bool take_calls(struct cli *c, const char *folder, struct err *e)
{
    const char *path = file_join(c->arena, folder, "calls.jsonl");
    struct ingest_options options = {.source = "harbour", .temporary = c->data};
    struct flow f = {.store = c->store, .runner = c->runner, .clock = c->clock};
    struct intake_taken taken;
    fprintf(c->problems, "Taking in the calls of the demo centre\n");
    if (!flow_ingest(&f, &path, 1, &options, NULL, NULL, &taken, e))
        return false;
    fprintf(c->problems, "%zu calls\n", taken.calls_new);
    return taken.calls_new > 0 || err_set(e, ERR_INPUT, "%s: no call could be taken in", path);
}

/* Some cards were changed half way: what came before was scored with what they were then. */
static enum cli_exit score(struct cli *c, const char *folder, struct err *e)
{
    struct json *versions;
    enum cli_exit status = CLI_FAILED;
    if (read_json(c, folder, "versions.json", &versions, e) &&
        demo_versions_begin(c, versions, e)) {
        status = scored_run(c, "Scoring", false, false);
        if (status == CLI_DONE && !demo_versions_change(c, versions, e))
            status = CLI_FAILED;
    }
    json_free(versions);
    return status;
}

static bool fill_desks(struct cli *c, const char *folder, struct err *e)
{
    struct json *exemplars, *issues = NULL, *reviews = NULL;
    struct desk d;
    cli_desk(c, &d);
    bool ok = read_json(c, folder, "exemplars.json", &exemplars, e) &&
              read_json(c, folder, "issues.json", &issues, e) && store_begin(c->store, e) &&
              store_end(c->store, demo_desk_fill(&d, exemplars, issues, e), e) &&
              read_json(c, folder, "reviews.json", &reviews, e) && demo_reviews_add(&d, reviews, e);
    json_free(reviews);
    json_free(exemplars);
    json_free(issues);
    return ok;
}

/* The folder of the demo's files: named, or in the source tree, or beside the installed program. */
static const char *find_folder(struct cli *c)
{
    const char *named = cli_value(c, "from");
    if (named)
        return cli_path(c, named);
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    program[n < 0 ? 0 : n] = 0;
    const char *bin = file_folder_of(c->arena, program);
    const char *places[] = {"../tests/demo", "../share/earshot/demo"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *folder = file_join(c->arena, bin, places[i]);
        if (access(file_join(c->arena, folder, "calls.jsonl"), R_OK) == 0)
            return folder;
    }
    return cli_path(c, "tests/demo");
}

static bool is_made(struct cli *c)
{
    return access(file_join(c->arena, c->data, "sign-ins.json"), F_OK) == 0;
}

/* sign-ins.json comes last: it says that the centre is whole. */
static enum cli_exit make(struct cli *c, const char *folder)
{
    struct err e = {0};
    struct json *sign_ins = json_array();
    enum cli_exit status = CLI_FAILED;
    if (take_calls(c, folder, &e) && make_people(c, folder, sign_ins, &e) &&
        (status = score(c, folder, &e)) == CLI_DONE && fill_desks(c, folder, &e) &&
        keep_sign_ins(c, sign_ins, &e))
        fprintf(c->out, "The demo centre stands in %s\n", c->data);
    json_free(sign_ins);
    return e.kind ? cli_fail(c, &e) : status;
}

static enum cli_exit run(struct cli *c)
{
    struct err e = {0};
    const char *folder = find_folder(c);
    int64_t calls = 0;
    if (c->n_words)
        return cli_usage(c, "takes no words");
    if (is_made(c)) {
        fprintf(c->out, "The demo centre is there already: %s\n", c->data);
        return CLI_DONE;
    }
    if (!store_call_count(c->store, &calls, &e))
        return cli_fail(c, &e);
    if (calls) {
        err_set(
            &e, ERR_CONFLICT,
            "%s holds %lld calls already; the demo centre wants a folder of its own: --data FOLDER",
            c->data, (long long)calls);
        return cli_fail(c, &e);
    }
    return make(c, folder);
}

static const struct cli_option options[] = {
    {"from", "FOLDER", "the demo's files (default: those that came with the program)"},
    {NULL},
};

const struct cli_command cli_demo = {
    .name = "demo",
    .usage = "demo --data FOLDER",
    .help = "make the demo centre: an invented utility with six weeks of calls",
    .more = "Takes the calls in, publishes the scorecards that come with the program, scores, "
            "fills the library, the issues and "
            "the reviews, and\n"
            "makes a sign-in for each role (sign-ins.json in the data folder). Run again, it "
            "changes nothing.",
    .flags = CLI_WRITES | CLI_MAKES | CLI_RUNS,
    .options = options,
    .run = run,
};
