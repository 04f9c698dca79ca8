#include "score/card.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "score/card_tests.h"
#include "score/declared.h"
#include "score/library.h"
#include "score/card_fits.h"
#include "score/proofread.h"
#include "score/settle.h"
#include "score/tally.h"

#include <stdlib.h>
#include <string.h>

struct card {
    struct runner *r;
    struct arena *a;   /* the form, the text, and the declaration's text */
    struct slice text; /* as it is kept, once it is loaded */
    struct library library;
    const char *name;
    char hash[HASH_TEXT];
    struct form form;
    struct json *declaration; /* kept for its tests */
    struct runner_child *child;
    bool bulk;
};

static struct card *new_card(struct runner *r, struct slice text, const char *name)
{
    struct card *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->r = r;
    c->a = arena_open();
    c->text = slice_of(arena_text(c->a, text));
    c->text.n = text.n;
    c->name = arena_copy(c->a, name);
    c->library = library_of(c->text, c->a);
    return c;
}

void card_close(struct card *c)
{
    if (!c)
        return;
    runner_child_close(c->child);
    json_free(c->declaration);
    arena_close(c->a);
    free(c);
}

/* False where the runner itself failed, which the outcome's text explains. */
static bool load(struct card *c, struct slice text, struct arena *a, const char **definition,
                 struct runner_outcome *outcome)
{
    *definition = NULL;
    runner_load(c->r, &(struct runner_text){c->name, text}, c->library.lists, c->library.n, a,
                &c->child, definition, outcome);
    if (c->child && c->bulk)
        runner_child_in_bulk(c->child);
    return outcome->end != RUNNER_LOST;
}

static void read_definition(struct card *c, const char *definition, struct faults *faults)
{
    struct err e = {0};
    c->declaration = json_parse(slice_of(definition), JSON_DEPTH, &e);
    if (!c->declaration)
        faults_add(faults, 0, "", "%s", e.text);
    else if (declared_form(c->declaration, faults, &c->form))
        card_tests_check(c->declaration, &c->form, faults);
}

/* Where a text ends, giving back its card. */
static int line_of_end(const struct script *s)
{
    return s->n ? s->tokens[s->n - 1].line : 1;
}

/* What stopped Lua, unless that line has been explained already. */
static void add_stop(const struct runner_outcome *outcome, struct faults *faults)
{
    bool is_syntax = strstr(outcome->text, "expected") && strstr(outcome->text, "near");
    bool is_whole = !outcome->line && outcome->end == RUNNER_ERROR; /* what it gives back is none */
    int line = is_whole ? line_of_end(faults->script) : outcome->line;
    if (line && faults_on_line(faults, line))
        return;
    faults_add(faults, line,
               is_syntax ? "Is a comma missing before this place, or a quote or bracket left open?"
                         : "",
               "%s", outcome->text);
}

/* The first line that is no text. */
static int line_not_plain(struct slice text)
{
    int line = 1;
    while (text.n) {
        struct slice rest = text;
        bool ends = utf8_next(&rest) == '\n';
        if (!utf8_valid((struct slice){text.p, text.n - rest.n}))
            break;
        line += ends;
        text = rest;
    }
    return line;
}

/* Lua stops at the first fault. Those behind it are found in a copy in which it is mended. */
static void read_stopped(struct card *c, const struct runner_outcome *outcome,
                         struct faults *faults)
{
    struct buf signs = {0}, lists = {0}, words = {0};
    struct runner_outcome *again = arena_take(faults->a, sizeof *again);
    const char *definition = NULL;
    if (!utf8_valid(c->text)) {
        faults_add(faults, line_not_plain(c->text), "", "%s", outcome->text);
        return;
    }
    proofread_signs(c->text, faults, &signs);
    proofread_lists(buf_all(&signs), &c->library, faults, &lists);
    proofread_words(buf_all(&lists), faults->script, faults, &words);
    bool mended = !slice_equal(buf_all(&words), c->text);
    *again = *outcome;
    if (mended)
        load(c, buf_all(&words), faults->a, &definition, again);
    if (definition)
        read_definition(c, definition, faults);
    else
        add_stop(again, faults);
    buf_free(&signs);
    buf_free(&lists);
    buf_free(&words);
}

static void read_loaded(struct card *c, const char *definition, struct faults *faults)
{
    const char *const *used = runner_child_libraries(c->child);
    c->text = library_seal(c->text, &c->library, used, c->a);
    hash_text(c->text, c->hash);
    struct buf mended = {0};
    proofread_words(c->text, NULL, faults, &mended);
    buf_free(&mended);
    read_definition(c, definition, faults);
}

/* The faults go with the caller's arena, which outlives a card that cannot be opened. */
static void report_faults(struct faults *faults, struct arena *a, struct card_report *report)
{
    struct card_fault *list = arena_array(a, faults->n, sizeof *list);
    faults_sort(faults);
    for (size_t i = 0; i < faults->n; i++)
        list[i] = (struct card_fault){faults->list[i].line, arena_copy(a, faults->list[i].text),
                                      arena_copy(a, faults->list[i].remedy)};
    report->faults = list;
    report->n_faults = faults->n;
}

bool card_open(struct runner *r, struct slice text, const char *name, struct arena *a,
               struct card **out, struct card_report *report, struct err *e)
{
    struct card *c = new_card(r, text, name);
    struct faults faults = {.a = c->a};
    struct runner_outcome *outcome = arena_take(a, sizeof *outcome);
    const char *definition;
    struct script script = script_read(c->text, c->a);
    bool runs = load(c, c->text, a, &definition, outcome);
    faults.script = &script;
    *report = (struct card_report){.log = outcome->log};
    if (!runs)
        err_set(e, ERR_IO, "%s", outcome->text);
    else if (definition)
        read_loaded(c, definition, &faults);
    else if (outcome->end == RUNNER_ERROR)
        read_stopped(c, outcome, &faults);
    else
        add_stop(outcome, &faults);
    report->text = arena_text(a, c->text);
    report_faults(&faults, a, report);
    *out = runs && faults.n == 0 ? c : NULL;
    if (!*out)
        card_close(c);
    return *out != NULL;
}

void card_in_bulk(struct card *c)
{
    if (c)
        c->bulk = true;
    if (c && c->child)
        runner_child_in_bulk(c->child);
}

const struct form *card_form(const struct card *c)
{
    return &c->form;
}

const char *card_hash(const struct card *c)
{
    return c->hash;
}

static void drop_child(struct card *c)
{
    runner_child_close(c->child);
    c->child = NULL;
}

/* A child that is ready to be asked; false where the text no longer loads. */
static bool ready(struct card *c, struct runner_outcome *outcome)
{
    const char *definition;
    if (c->child && runner_child_worn(c->child))
        drop_child(c);
    if (c->child)
        return true;
    struct arena *a = arena_open();
    load(c, c->text, a, &definition, outcome);
    arena_close(a);
    return c->child != NULL;
}

static void ask_once(struct card *c, const struct call *call, struct arena *a,
                     struct answer **answers, size_t *n, struct runner_outcome *outcome)
{
    if (!ready(c, outcome))
        return;
    runner_ask(c->child, call, a, answers, n, outcome);
    if (outcome->end != RUNNER_DONE)
        drop_child(c);
}

/* A helper that died is started again by the runner, so the second try is the last. */
static void ask(struct card *c, const struct call *call, struct arena *a, struct answer **answers,
                size_t *n, struct runner_outcome *outcome)
{
    ask_once(c, call, a, answers, n, outcome);
    if (outcome->end == RUNNER_LOST)
        ask_once(c, call, a, answers, n, outcome);
}

bool card_answers_for(const struct call *call)
{
    return !runner_call_is_large(call);
}

static const char *failure_of(const struct card *c, const struct call *call, size_t n,
                              const struct runner_outcome *outcome, struct arena *a)
{
    const char *text = outcome->text[0] ? outcome->text : runner_end_names[outcome->end];
    if (outcome->end != RUNNER_DONE)
        return arena_format(
            a, "%s%s", text,
            card_answers_for(call)
                ? ""
                : " The call is so large that this does not count against the card.");
    return n == c->form.n_questions ? "" : "The card answered another number of questions.";
}

static void start_sheet(const struct card *c, const struct call *call, struct sheet *out)
{
    *out = (struct sheet){.author = SHEET_CARD,
                          .author_name = c->form.title,
                          .summary = "",
                          .n_answers = c->form.n_questions};
    memcpy(out->call_id, call->id, sizeof out->call_id);
    memcpy(out->card_hash, c->hash, sizeof out->card_hash);
}

/* A run with a failure has no answers and no score: adding nothing up cannot fail. */
static void add_nothing_up(struct card *c, struct arena *a, struct sheet *out)
{
    struct err none = {0};
    out->answers = arena_array(a, c->form.n_questions, sizeof *out->answers);
    tally(&c->form, out, a, &none);
}

static void add_up(struct card *c, struct arena *a, struct sheet *out)
{
    struct err sums = {0};
    if (!out->failure[0]) {
        settle_answers(&c->form, out->answers, a);
        tally_conditions(&c->form, out->answers);
        if (!tally(&c->form, out, a, &sums))
            out->failure = arena_copy(a, sums.text);
    }
    if (out->failure[0])
        add_nothing_up(c, a, out);
}

bool card_score(struct card *c, const struct call *call, struct arena *a, struct sheet *out,
                struct err *e)
{
    struct runner_outcome *outcome = arena_take(a, sizeof *outcome);
    size_t n = 0;
    start_sheet(c, call, out);
    ask(c, call, a, &out->answers, &n, outcome);
    if (outcome->end == RUNNER_LOST)
        return err_set(e, ERR_IO, "%s", outcome->text);
    out->failure = failure_of(c, call, n, outcome, a);
    add_up(c, a, out);
    return true;
}

/* How many calls at the front one child answered. */
static size_t score_ahead(struct card *c, const struct call *calls, size_t n, struct arena *a,
                          struct sheet *out)
{
    struct runner_outcome *outcome = arena_take(a, sizeof *outcome);
    struct answer **answers = arena_array(a, n, sizeof *answers);
    size_t done = 0;
    if (ready(c, outcome) && runner_child_questions(c->child) == c->form.n_questions)
        done = runner_ask_many(c->child, calls, n, a, answers);
    for (size_t i = 0; i < done; i++) {
        start_sheet(c, &calls[i], &out[i]);
        out[i].answers = answers[i];
        out[i].failure = "";
        add_up(c, a, &out[i]);
    }
    return done;
}

/* The call at which a child ended is asked about alone, which says what is wrong with it. */
bool card_score_many(struct card *c, const struct call *calls, size_t n, struct arena *a,
                     struct sheet *out, size_t *done, struct err *e)
{
    int failed = 0;
    for (*done = 0; *done < n && failed < CARD_FAILURES; ++*done) {
        size_t ahead = score_ahead(c, &calls[*done], n - *done, a, &out[*done]);
        *done += ahead;
        if (*done == n)
            break;
        if (!card_score(c, &calls[*done], a, &out[*done], e))
            return false;
        failed = ahead || !out[*done].failure[0] ? 0 : failed;
        failed += out[*done].failure[0] && card_answers_for(&calls[*done]);
    }
    return true;
}

void card_score_misfit(struct card *c, const struct call *call, const char *misfit, struct arena *a,
                       struct sheet *out)
{
    start_sheet(c, call, out);
    out->failure = arena_format(a, "`applies` ended without a result: %s", misfit);
    add_up(c, a, out);
}

/* As with answers, a helper that died is tried once more. */
static void ask_applies(struct card *c, const struct call *call, bool *fits,
                        struct runner_outcome *outcome)
{
    for (int i = 0; i < 2; i++) {
        if (ready(c, outcome) && runner_applies(c->child, call, fits, outcome) != RUNNER_DONE)
            drop_child(c);
        if (outcome->end != RUNNER_LOST)
            break;
    }
}

bool card_applies(struct card *c, const struct call *call, struct arena *a, bool *fits,
                  const char **failure, struct err *e)
{
    *fits = card_fits(&c->form, call);
    *failure = "";
    if (!*fits || !c->form.applies.by_function)
        return true;
    struct runner_outcome *outcome = arena_take(a, sizeof *outcome);
    ask_applies(c, call, fits, outcome);
    if (outcome->end == RUNNER_DONE)
        return true;
    *fits = false;
    if (outcome->end == RUNNER_LOST)
        return err_set(e, ERR_IO, "%s", outcome->text);
    const char *why = failure_of(c, call, 0, outcome, a);
    *failure = outcome->line ? arena_format(a, "line %d: %s", outcome->line, why) : why;
    return true;
}

bool card_choose(struct card *const *cards, size_t n, const struct call *call, struct arena *a,
                 size_t *chosen, const char **misfits, struct err *e)
{
    int best = -1;
    *chosen = n;
    for (size_t i = 0; i < n; i++) {
        const char *failure;
        bool fits;
        if (!cards[i] || card_specificity(&cards[i]->form) <= best)
            continue;
        if (!card_applies(cards[i], call, a, &fits, &failure, e))
            return false;
        if (misfits)
            misfits[i] = *failure ? failure : NULL;
        if (fits)
            *chosen = i, best = card_specificity(&cards[i]->form);
    }
    return true;
}

size_t card_undecided(struct card *const *cards, size_t n, size_t chosen,
                      const char *const *misfits)
{
    int best = chosen < n ? card_specificity(&cards[chosen]->form) : -1;
    size_t found = n;
    for (size_t i = 0; i < n; i++)
        if (misfits[i] && card_specificity(&cards[i]->form) > best)
            found = i, best = card_specificity(&cards[i]->form);
    return found;
}

static const char *run_test(struct card *c, const struct json *test, struct arena *a)
{
    struct call call;
    struct sheet sheet;
    struct err e = {0};
    card_tests_call(test, &c->form, a, &call);
    if (!card_score(c, &call, a, &sheet, &e))
        return arena_copy(a, e.text);
    return card_tests_compare(test, &c->form, &call, &sheet, a);
}

/* S26. The card's own `applies`, asked about a call of which only that is known which the rest of
 * `applies` demands: what comes at night may say no more. Why it fails, or "". */
static const char *try_applies(struct card *c, struct arena *a)
{
    struct json *bare = json_object();
    struct call call;
    struct err e = {0};
    const char *failure;
    bool fits;
    json_put_text(bare, "id", "a call of which little is known");
    card_tests_call(bare, &c->form, a, &call);
    bool ran = card_applies(c, &call, a, &fits, &failure, &e);
    const char *text = ran ? failure : arena_copy(a, e.text);
    json_free(bare); /* the call had its texts */
    return text;
}

static void add_applies(struct card *c, struct arena *a, struct card_test_result *results,
                        struct card_report *report)
{
    const char *failure = c->form.applies.by_function ? try_applies(c, a) : "";
    if (!failure[0])
        return;
    report->n_failed++;
    results[report->n_tests++] = (struct card_test_result){
        .name = "applies, asked about a call of which little is known",
        .line = (int)json_get_integer(c->declaration, "line", 0),
        .text = arena_format(a, "%s (facts that nobody knows are nil: look before you use them)",
                             failure)};
}

bool card_run_tests(struct card *c, struct arena *a, struct card_report *report)
{
    const struct json *tests = json_get(c->declaration, "tests");
    struct card_test_result *results = arena_array(a, json_count(tests) + 1, sizeof *results);
    report->tests = results;
    report->n_tests = report->n_failed = 0;
    int64_t start = clock_monotonic();
    add_applies(c, a, results, report);
    for (const struct json *t = json_first(tests); t; t = json_next(t)) {
        struct card_test_result *result = &results[report->n_tests++];
        result->name = arena_copy(a, json_get_text(t, "id", ""));
        result->line = (int)json_get_integer(t, "line", 0);
        bool spent = clock_monotonic() - start > CARD_TESTS_MS;
        result->text = spent
                           ? "not run: the tests before it took all the time there is for one card"
                           : run_test(c, t, a);
        result->passed = result->text[0] == 0;
        report->n_failed += !result->passed;
    }
    return report->n_failed == 0;
}
