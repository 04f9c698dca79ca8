#include "desk/cards.h"

#include "desk/claim.h"
#include "desk/trail.h"

#include <string.h>

static struct json *fault_json(const struct card_fault *f)
{
    struct json *j = json_object();
    json_put_number(j, "line", f->line);
    json_put_text(j, "text", f->text);
    json_put_text(j, "remedy", f->remedy);
    return j;
}

static struct json *test_json(const struct card_test_result *t)
{
    struct json *j = json_object();
    json_put_number(j, "line", t->line);
    json_put_text(j, "name", t->name);
    json_put_bool(j, "passed", t->passed);
    json_put_text(j, "text", t->text);
    return j;
}

static struct json *report_json(const struct card_report *r)
{
    struct json *j = json_object(), *faults = json_array(), *tests = json_array();
    for (size_t i = 0; i < r->n_faults; i++)
        json_push(faults, fault_json(&r->faults[i]));
    for (size_t i = 0; i < r->n_tests; i++)
        json_push(tests, test_json(&r->tests[i]));
    json_put(j, "faults", faults);
    json_put(j, "tests", tests);
    json_put_text(j, "log", r->log);
    return j;
}

static void print_report(const struct card_report *r, struct buf *out)
{
    struct json *j = report_json(r);
    json_print(j, out);
    json_free(j);
}

struct json *cards_check_json(const struct cards_check *check)
{
    struct json *j = report_json(&check->report);
    json_put_bool(j, "passed", check->passed);
    json_put_text(j, "card", check->card);
    json_put_text(j, "version", check->version);
    json_put_text(j, "title", check->title);
    return j;
}

static void take_form(struct cards_check *out, const struct form *f, struct arena *a)
{
    struct buf json = {0};
    form_write(f, &json);
    out->definition = arena_text(a, buf_all(&json));
    out->card = arena_copy(a, f->id);
    out->version = arena_copy(a, f->version);
    out->title = arena_copy(a, f->title);
    buf_free(&json);
}

bool cards_check(struct runner *r, struct slice text, const char *name, struct arena *a,
                 struct cards_check *out, struct err *e)
{
    struct card *card = NULL;
    *out = (struct cards_check){.definition = "", .card = name, .version = "", .title = name};
    if (card_open(r, text, name, a, &card, &out->report, e)) {
        take_form(out, card_form(card), a);
        out->passed = card_run_tests(card, a, &out->report);
    }
    card_close(card);
    return e->kind == ERR_NONE;
}

static bool add(struct desk *d, struct slice text, const struct cards_check *check, int64_t *id,
                struct err *e)
{
    struct store_act act = {d->user, d->now, "checked"};
    struct store_card card = {.card = check->card,
                              .version = check->version,
                              .title = check->title,
                              .text = check->report.text ? check->report.text
                                                         : arena_text(d->arena, text),
                              .author = d->user};
    bool fresh;
    if (!store_card_add(d->store, &card, &act, id, &fresh, e) || !fresh)
        return e->kind == ERR_NONE;
    struct buf report = {0};
    print_report(&check->report, &report);
    bool ok = store_card_set_report(d->store, *id, check->definition, buf_text(&report),
                                    check->passed, &act, e);
    buf_free(&report);
    return ok && trail_add(d, "keep scorecard",
                           arena_format(d->arena, "%s %s", card.card, card.version), "done", e);
}

bool cards_keep(struct desk *d, struct slice text, const struct cards_check *check, int64_t *id,
                struct err *e)
{
    return store_begin(d->store, e) && store_end(d->store, add(d, text, check, id, e), e);
}

bool cards_form(const struct store_card *card, struct arena *a, struct form *out, struct err *e)
{
    return form_read(slice_of(card->definition), a, out, e) ||
           err_within(e, "scorecard %s %s", card->card, card->version);
}

const char *cards_refusal(const struct cards_check *check, struct arena *a)
{
    const struct card_report *r = &check->report;
    if (check->passed)
        return NULL;
    if (r->n_faults)
        return arena_format(a, "It does not load. %s%s %s",
                            r->faults[0].line ? arena_format(a, "Line %d: ", r->faults[0].line)
                                              : "",
                            r->faults[0].text, r->faults[0].remedy);
    for (size_t i = 0; i < r->n_tests; i++)
        if (!r->tests[i].passed)
            return arena_format(a, "Its test \"%s\" fails (line %d): %s", r->tests[i].name,
                                r->tests[i].line, r->tests[i].text);
    return "It was not checked.";
}

bool cards_may(const struct desk *d)
{
    return d->role == STORE_MANAGER || d->role == STORE_ADMIN;
}

static bool note_check(struct desk *d, int64_t id, const struct cards_check *check, struct err *e)
{
    struct store_act act = {d->user, d->now, "checked again"};
    struct buf report = {0};
    print_report(&check->report, &report);
    bool ok = store_card_set_report(d->store, id, check->definition, buf_text(&report),
                                    check->passed, &act, e);
    buf_free(&report);
    return ok;
}

bool cards_check_again(struct desk *d, struct runner *r, int64_t id, struct err *e)
{
    struct store_card card;
    struct cards_check check;
    if (!store_card_get(d->store, id, d->arena, &card, e))
        return false;
    if (card.state > STORE_CARD_CHECKED)
        return true;
    if (!cards_check(r, slice_of(card.text), card.card, d->arena, &check, e) ||
        !store_begin(d->store, e) || !store_end(d->store, note_check(d, id, &check, e), e))
        return false;
    return check.passed ||
           err_set(e, ERR_INPUT, "%s%s%s is not published. %s", card.card,
                   card.version[0] ? " " : "", card.version, cards_refusal(&check, d->arena));
}
