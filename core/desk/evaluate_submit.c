/* Keeping a draft, and the step from typed fields to a stored sheet. */
#include "desk/evaluate.h"

#include "desk/evaluate_work.h"
#include "desk/issues.h"
#include "desk/trail.h"
#include "score/tally.h"
#include "store/sheets.h"

#include <string.h>

/* What the fields hold for one question under one prefix, in the words of the form. */
static const char *words(const struct evaluate_field *fields, const char *prefix,
                         const struct form_question *q, struct arena *a)
{
    const char *name = arena_format(a, "%s.%s", prefix, q->id);
    struct buf text = {0};
    for (; fields->name; fields++) {
        if (strcmp(fields->name, name) != 0 || !*fields->value)
            continue;
        int option = form_find_option(q, fields->value);
        const char *word = strcmp(fields->value, EVALUATE_IS_NA) == 0 ? "N/A"
                           : option == FORM_NONE                      ? fields->value
                                                                      : q->options[option].label;
        buf_format(&text, "%s%s", text.n ? ", " : "", word);
    }
    const char *all = arena_text(a, buf_all(&text));
    buf_free(&text);
    return all;
}

/* Where the other fields differ from mine about one question; NULL: nowhere. */
static const char *difference(const struct evaluate_field *mine, const struct evaluate_field *other,
                              const struct form_question *q, struct arena *a)
{
    static const struct {
        const char *prefix, *label;
    } parts[] = {
        {EVALUATE_ANSWER, "answer"}, {EVALUATE_NA, "does not apply"}, {EVALUATE_NOTE, "note"},
        {EVALUATE_AT, "place"},      {EVALUATE_LOCUS, "laid to"},     {EVALUATE_REASON, "why"},
    };
    const char *text = NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *theirs = words(other, parts[i].prefix, q, a);
        if (strcmp(theirs, words(mine, parts[i].prefix, q, a)) != 0)
            text = arena_format(a, "%s%s%s: %s", text ? text : "The other one says ",
                                text ? "; " : "", parts[i].label, *theirs ? theirs : "nothing");
    }
    return text ? arena_format(a, "%s.", text) : NULL;
}

static void compare(const struct form *f, const struct evaluate_field *mine,
                    const struct evaluate_field *other, struct arena *a,
                    struct evaluate_result *out)
{
    const char **errors = arena_array(a, f->n_questions, sizeof *errors);
    for (size_t i = 0; i < f->n_questions; i++)
        errors[i] = difference(mine, other, &f->questions[i], a);
    out->errors = errors;
    const char *theirs = evaluate_fields_value(other, EVALUATE_SUMMARY, a);
    if (strcmp(theirs, evaluate_fields_value(mine, EVALUATE_SUMMARY, a)) != 0)
        out->summary_error =
            arena_format(a, "The other one says: %s", *theirs ? theirs : "nothing");
}

/* Nothing is written over unseen: what stands stored is shown beside what was posted. */
static bool conflict(const struct desk *d, const struct evaluate_work *w,
                     const struct evaluate_field *posted, const struct evaluate_field *stored,
                     const char *problem, struct evaluate_result *out, struct err *e)
{
    compare(&w->card.form, posted, stored, d->arena, out);
    out->problem = problem;
    return err_set(e, ERR_CONFLICT, "%s", problem);
}

static bool draft_conflict(const struct desk *d, const struct evaluate_work *w,
                           const struct evaluate_field *posted, struct evaluate_result *out,
                           struct err *e)
{
    const struct evaluate_field *stored;
    struct json *j = json_parse(slice_of(w->draft.fields), JSON_DEPTH, e);
    bool ok = j && evaluate_fields_of(j, d->arena, &stored, e);
    json_free(j);
    return ok && conflict(d, w, posted, stored,
                          "Another window saved this draft meanwhile. Below is what you typed "
                          "here; where the two differ, the other text stands beside it. Send again "
                          "to keep what is here.",
                          out, e);
}

static bool review_conflict(const struct desk *d, const struct evaluate_work *w,
                            const struct evaluate_field *posted, struct evaluate_result *out,
                            struct err *e)
{
    if (!w->own || w->own->card_version != w->card.card.id) {
        out->problem = "Your review of this call changed since you opened this page. Submit again "
                       "to replace it by what is here.";
        return err_set(e, ERR_CONFLICT, "%s", out->problem);
    }
    return conflict(d, w, posted, evaluate_fields_from(&w->card.form, w->own, d->arena),
                    "You submitted another review of this call since you opened this page. Where "
                    "the two differ, that review's text stands beside yours. Submit again to "
                    "replace it by what is here.",
                    out, e);
}

/* Everything that a person can mend, told at once. */
static bool check(const struct desk *d, const struct form *f,
                  const struct evaluate_reading *reading, struct evaluate_result *out,
                  struct err *e)
{
    const char **missing = arena_array(d->arena, f->n_questions, sizeof *missing);
    bool complete = tally_complete(f, reading->answers, d->arena, missing);
    for (size_t i = 0; i < f->n_questions; i++)
        if (reading->errors[i])
            missing[i] = reading->errors[i];
    out->errors = missing;
    out->summary_error = reading->summary_error;
    out->problem = reading->problem;
    return (complete && reading->fine) ||
           err_set(e, ERR_INPUT, "Some answers must be mended before this can be submitted.");
}

static bool store_review(struct desk *d, const struct evaluate_work *w, struct sheet *s,
                         struct evaluate_result *out, struct err *e)
{
    const struct sheet *shown;
    if (!evaluate_card_sheet(d, w->call.id, &w->card, &shown, NULL, e) ||
        !store_sheet_add(d->store, &w->card.form, s, shown ? shown->id : 0, &s->id, e))
        return false;
    out->sheet = s->id;
    return issues_from_sheet(d, &w->card.form, s, e) &&
           store_draft_close(d->store, d->user, w->call.id, e) &&
           trail_add(d, "submit", arena_format(d->arena, "sheet %lld", (long long)s->id), "done",
                     e);
}

/* What was posted, beside what stands in the store. */
struct review {
    struct evaluate_work w;
    struct evaluate_reading reading;
    struct sheet s;
    bool repeats; /* what the own review says already */
    bool behind;  /* another window saved the draft since this one saw it */
};

static bool read_review(const struct desk *d, const struct evaluate_post *p, struct review *out,
                        struct err *e)
{
    struct evaluate_work *w = &out->w;
    if (!evaluate_work_open(d, p->call_id, p->card_version, w, e))
        return false;
    evaluate_fields_read(&w->card.form, &w->call, p->fields, d->arena, &out->reading);
    if (!evaluate_work_tally(d, w, &out->reading, &out->s, e))
        return false;
    out->repeats = out->reading.fine && evaluate_work_repeats(w, &out->s);
    out->behind = w->draft.revision && w->draft.revision != p->revision;
    return true;
}

static bool submit(struct desk *d, const struct evaluate_post *p, struct evaluate_result *out,
                   struct err *e)
{
    struct review r;
    if (!read_review(d, p, &r, e))
        return false;
    int64_t own = r.w.own ? r.w.own->id : 0;
    if (own != p->key && r.repeats) {
        out->sheet = own;
        return true;
    }
    if (r.behind)
        return draft_conflict(d, &r.w, p->fields, out, e);
    if (own != p->key)
        return review_conflict(d, &r.w, p->fields, out, e);
    return check(d, &r.w.card.form, &r.reading, out, e) && store_review(d, &r.w, &r.s, out, e);
}

bool evaluate_submit(struct desk *d, const struct evaluate_post *p, struct evaluate_result *out,
                     struct err *e)
{
    *out = (struct evaluate_result){0};
    return store_begin(d->store, e) && store_end(d->store, submit(d, p, out, e), e);
}

static bool keep(struct desk *d, const struct evaluate_post *p, struct evaluate_kept *out,
                 struct err *e)
{
    struct review r;
    if (!read_review(d, p, &r, e))
        return false;
    const struct store_draft *stored = &r.w.draft;
    out->score = evaluate_work_score(d, &r.w, &r.s);
    out->revision = p->revision;
    if (!stored->revision && r.repeats)
        return true;
    struct store_draft draft = {
        .user = d->user,
        .call_id = r.w.call.id,
        .card_version = stored->revision ? stored->card_version : r.w.card.card.id,
        .fields = evaluate_fields_json(&r.w.card.form, p->fields, d->arena),
        .saved_at = d->now,
    };
    /* A draft that was closed meanwhile begins anew with what is typed now. */
    if (r.behind && strcmp(stored->fields, draft.fields) != 0) {
        out->revision = stored->revision;
        out->fields = stored->fields;
        return draft_conflict(d, &r.w, p->fields, &out->differing, e);
    }
    return store_draft_put(d->store, &draft, stored->revision, &out->revision, e);
}

bool evaluate_keep(struct desk *d, const struct evaluate_post *p, struct evaluate_kept *out,
                   struct err *e)
{
    *out = (struct evaluate_kept){0};
    return store_begin(d->store, e) && store_end(d->store, keep(d, p, out, e), e);
}
