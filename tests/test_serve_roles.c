/* The whole matrix of addresses and roles (W10): made from the table of routes, held against what
 * is written here a second time. A new address fails until somebody says here who may open it. */
#include "test_serve.h"

#include "serve/pages.h"

#include <string.h>

/* One letter a role: Evaluator Lead Trainer Manager aDmin Agent; "*": everybody, signed in or not;
 * "!": nobody, but programs with a token of their own. */
static const struct {
    const char *name, *who;
} expected[] = {
    {"home", "ELTMDA"},
    {"sign in", "*"},
    {"sign in post", "*"},
    {"sign out", "ELTMDA"},
    {"calls", "ELTMDA"},
    {"call", "ELTMDA"},
    {"audio", "ELTMDA"},
    {"peaks", "ELTMDA"},
    {"evaluate", "ELMD"},
    {"evaluate post", "ELMD"},
    {"call score", "ELMD"},
    {"draft", "ELMD"},
    {"review", "ELTMDA"},
    {"exemplars", "ELTMDA"},
    {"exemplar new", "ELTMD"},
    {"exemplar post", "ELTMD"},
    {"exemplar", "ELTMDA"},
    {"issues", "ELTMD"},
    {"issue post", "ELTMD"},
    {"issue", "ELTMD"},
    {"issue move", "LMD"},
    {"cards", "ELTMD"},
    {"card", "ELTMD"},
    {"card new", "MD"},
    {"card post", "MD"},
    {"card check", "MD"},
    {"card edit", "MD"},
    {"card words", "ELTMD"},
    {"card diff", "ELTMD"},
    {"card preview", "ELTMD"},
    {"card try form", "MD"},
    {"card try", "MD"},
    {"card move", "MD"},
    {"card backtest", "MD"},
    {"card score", "MD"},
    {"card backtest post", "MD"},
    {"review test", "MD"},
    {"imports", "MD"},
    {"upload", "MD"},
    {"import", "MD"},
    {"import post", "MD"},
    {"waiting", "MD"},
    {"part", "MD"},
    {"part post", "MD"},
    {"push", "!"},
    {"tokens", "D"},
    {"tokens post", "D"},
    {"token revoke", "D"},
    {"plugins", "MD"},
    {"settings", "MD"},
    {"settings post", "MD"},
    {"help", "*"},
    {"icon", "*"},
    {"static", "*"},
};
enum { EXPECTED = sizeof expected / sizeof *expected };

static const char letters[STORE_ROLES + 1] = {
    [STORE_EVALUATOR] = 'E', [STORE_LEAD] = 'L',  [STORE_TRAINER] = 'T',
    [STORE_MANAGER] = 'M',   [STORE_ADMIN] = 'D', [STORE_AGENT] = 'A',
};

enum { REACHED = 299, ASKED = 298 }; /* nobody else answers with these */

static void probe(struct app *app, struct request *r, struct response *out)
{
    (void)app;
    out->status = r->kept.n ? ASKED : REACHED;
}

static struct site site;
static struct arena *arena;
static struct route *routes;

static void setup(void)
{
    size_t n = 0;
    while (page_routes[n].handler)
        n++;
    arena = arena_open();
    routes = arena_array(arena, n + 1, sizeof *routes);
    memcpy(routes, page_routes, n * sizeof *routes);
    for (size_t i = 0; i < n; i++)
        routes[i].handler = probe;
    site_open(&site, routes, NULL);
}

static void teardown(void)
{
    site_close(&site);
    arena_close(arena);
}

static const char *who_may(const char *name)
{
    for (size_t i = 0; i < EXPECTED; i++) {
        if (strcmp(expected[i].name, name) == 0)
            return expected[i].who;
    }
    ck_abort_msg("nobody wrote down who may open \"%s\"", name);
    return "";
}

/* "/calls/:id/audio" with something in place of each part. */
static const char *concrete(const char *address, const char *end)
{
    struct buf text = {0};
    for (const char *p = address; *p;) {
        if (*p == ':') {
            buf_str(&text, "x");
            p += strcspn(p, "/");
        } else {
            buf_char(&text, *p++);
        }
    }
    buf_str(&text, end);
    const char *out = arena_text(arena, buf_all(&text));
    buf_free(&text);
    return out;
}

static void check(const struct route *row, const char *method, const char *end, const char *cookie,
                  bool nobody, bool may)
{
    bool changes = row->method != REQUEST_GET;
    const char *token = nobody ? "x" : site_token(arena, cookie);
    const char *headers =
        arena_format(arena, "%sX-Form-Token: %s\nContent-Type: application/x-www-form-urlencoded\n",
                     cookie, token);
    const char *body = changes ? arena_format(arena, "token=%s", token) : "";
    int status = site_status(&site, method, concrete(row->address, end), headers, body);
    bool unasked =
        row->flags & ROUTE_BEARER || (nobody && row->flags & (ROUTE_UPLOAD | ROUTE_JSON));
    int otherwise = unasked                       ? 401
                    : !nobody                     ? 403
                    : row->method == REQUEST_POST ? ASKED
                    : changes || *end             ? 401
                                                  : 302;
    ck_assert_msg(status == (may ? REACHED : otherwise), "%s %s%s: %d", method, row->address, end,
                  status);
}

static void check_row(const struct route *row, const char *cookie, bool nobody, bool may)
{
    static const char *const methods[] = {
        [REQUEST_GET] = "GET", [REQUEST_POST] = "POST", [REQUEST_PUT] = "PUT"};
    check(row, methods[row->method], "", cookie, nobody, may);
    if (row->method == REQUEST_GET)
        check(row, "HEAD", "", cookie, nobody, may);
    if (row->flags & ROUTE_TABLE) {
        check(row, "GET", ".csv", cookie, nobody, may);
        check(row, "GET", ".json", cookie, nobody, may);
    }
}

START_TEST(W10_matrix)
{
    const char *cookies[STORE_ROLES];
    for (int role = 0; role < STORE_ROLES; role++)
        cookies[role] = site_cookie(&site, arena, (enum store_role)role);
    for (const struct route *row = routes; row->handler; row++) {
        const char *who = who_may(row->name);
        bool everybody = *who == '*';
        check_row(row, "", true, everybody);
        for (int role = 0; role < STORE_ROLES; role++)
            check_row(row, cookies[role], false, everybody || strchr(who, letters[role]));
    }
}
END_TEST

START_TEST(W10_every_expectation_has_its_address)
{
    size_t n = 0;
    for (const struct route *row = routes; row->handler; row++, n++) {
        for (const struct route *other = row + 1; other->handler; other++)
            ck_assert_str_ne(row->name, other->name);
        who_may(row->name);
    }
    ck_assert_uint_eq(n, EXPECTED);
}
END_TEST

TCase *test_serve_roles(void)
{
    TCase *t = tcase_create("roles");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, W10_matrix);
    tcase_add_test(t, W10_every_expectation_has_its_address);
    return t;
}
