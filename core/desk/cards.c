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

static void print_report(const struct card_report *r, struct buf *out)
{
    struct json *j = json_object(), *faults = json_array(), *tests = json_array();
    for (size_t i = 0; i < r->n_faults; i++)
        json_push(faults, fault_json(&r->faults[i]));
    for (size_t i = 0; i < r->n_tests; i++)
        json_push(tests, test_json(&r->tests[i]));
    json_put(j, "faults", faults);
    json_put(j, "tests", tests);
    json_put_text(j, "log", r->log);
    json_print(j, out);
    json_free(j);
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
                              .text = arena_text(d->arena, text),
                              .author = d->user};
    struct buf report = {0};
    bool fresh;
    print_report(&check->report, &report);
    bool ok = store_card_add(d->store, &card, &act, id, &fresh, e) &&
              (!fresh || store_card_set_report(d->store, *id, check->definition, buf_text(&report),
                                               check->passed, &act, e));
    buf_free(&report);
    return ok;
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

/* Two cards that claim the same calls equally: found now, not at night. */
static bool has_no_rival(struct desk *d, const struct store_card *card, struct err *e)
{
    struct store_card *all;
    struct form mine, other;
    size_t n;
    if (!cards_form(card, d->arena, &mine, e) ||
        !store_card_list(d->store, &(struct store_card_filter){.published = true}, d->arena, &all,
                         &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(all[i].card, card->card) == 0)
            continue;
        const char *calls;
        if (!cards_form(&all[i], d->arena, &other, e))
            return false;
        if (claim_ties(&mine, &other, d->arena, &calls))
            return err_set(e, ERR_CONFLICT,
                           "%s and the published %s both claim %s equally, so no call of that kind "
                           "would know its card. "
                           "Make the `applies` of one of them narrower, or retire %s.",
                           card->card, all[i].card, calls, all[i].card);
    }
    return true;
}

static bool publish(struct desk *d, int64_t id, const char *why, struct err *e)
{
    struct store_act act = {d->user, d->now, why};
    struct store_card card;
    if (!store_card_get(d->store, id, d->arena, &card, e))
        return false;
    if (card.state == STORE_CARD_PUBLISHED)
        return true;
    return has_no_rival(d, &card, e) && store_card_publish(d->store, id, &act, e) &&
           trail_add(d, "publish scorecard",
                     arena_format(d->arena, "%s %s", card.card, card.version), "done", e);
}

bool cards_publish(struct desk *d, int64_t id, const char *why, struct err *e)
{
    return store_begin(d->store, e) && store_end(d->store, publish(d, id, why, e), e);
}
