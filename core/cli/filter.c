#define _GNU_SOURCE
#include "cli/filter.h"

#include "base/file.h"
#include "base/json.h"
#include "cli/card.h"
#include "desk/claim.h"
#include "desk/review.h"
#include "ingest/reader.h"
#include "score/card.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 64 << 20 };

struct filter {
    struct cli *cli;
    struct card **cards;
    const char **paths; /* where card i lies */
    size_t n;
    size_t line;
    bool refused; /* some line was */
};

/* --- the cards --- */

static int is_card(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 4 && strcmp(entry->d_name + n - 4, ".lua") == 0;
}

static bool open_card(struct filter *f, const char *path, struct err *e)
{
    struct card_report report;
    struct slice text;
    if (!card_text(f->cli, path, &text, e))
        return false;
    if (card_open(f->cli->runner, text, file_name_of(path), f->cli->arena, &f->cards[f->n], &report,
                  e)) {
        f->paths[f->n++] = path;
        return true;
    }
    if (e->kind == ERR_NONE)
        err_set(e, ERR_INPUT, "%s: %s (earshot card check shows every fault)",
                card_place(f->cli, path, report.n_faults ? report.faults[0].line : 0),
                report.n_faults ? report.faults[0].text : "it does not load");
    return false;
}

/* What publishing refuses: then the order of the files would say which card scores a call. */
static bool are_rivals(const struct filter *f, size_t x, size_t y, struct err *e)
{
    const struct form *mine = card_form(f->cards[x]), *other = card_form(f->cards[y]);
    const char *one = f->paths[x], *two = f->paths[y], *calls;
    if (strcmp(mine->id, other->id) == 0)
        return !err_set(e, ERR_INPUT,
                        "%s and %s are both the card \"%s\". Take one of them out of the folder.",
                        one, two, mine->id);
    return claim_ties(mine, other, f->cli->arena, &calls) &&
           !err_set(e, ERR_INPUT,
                    "%s and %s both claim %s equally, so no call of that kind would know its card. "
                    "Make the `applies` of one of them narrower, or take it out of the folder.",
                    one, two, calls);
}

static bool have_no_rivals(const struct filter *f, struct err *e)
{
    for (size_t i = 1; i < f->n; i++)
        for (size_t k = 0; k < i; k++)
            if (are_rivals(f, k, i, e))
                return false;
    return true;
}

static bool open_cards(struct filter *f, const char *folder, struct err *e)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_card, alphasort);
    if (n < 0)
        return err_set(e, ERR_INPUT, "%s: %s", folder, strerror(errno));
    bool ok = n > 0 || err_set(e, ERR_INPUT, "%s: there is no card (*.lua) in it", folder);
    f->cards = arena_array(f->cli->arena, (size_t)n, sizeof *f->cards);
    f->paths = arena_array(f->cli->arena, (size_t)n, sizeof *f->paths);
    for (int i = 0; i < n; i++) {
        ok = ok && open_card(f, file_join(f->cli->arena, folder, entries[i]->d_name), e);
        free(entries[i]);
    }
    free(entries);
    return ok && have_no_rivals(f, e);
}

/* --- one line --- */

static bool read_call(struct slice line, struct arena *a, struct call *out, struct err *e)
{
    struct draft d;
    draft_start(&d);
    struct json *j = json_parse(line, JSON_DEPTH, e);
    bool ok =
        j && reader_json_call(j, a, &d, e) && draft_check(&d, e) && call_finish(&d.call, a, e);
    json_free(j);
    if (ok && !d.call.measures.known)
        call_measure_turns(&d.call, &d.call.measures);
    *out = d.call;
    return ok;
}

static bool score(struct card *card, const struct call *call, struct arena *a,
                  struct review_sheet *out, struct err *e)
{
    *out = (struct review_sheet){.form = *card_form(card)};
    return card_score(card, call, a, &out->sheet, e) && review_add_up(out, a, e);
}

/* The card that scores the call; `f->n`: none does. */
static bool choose(struct filter *f, const struct call *call, struct arena *a, size_t *out,
                   struct err *e)
{
    const char **misfits = arena_array(a, f->n, sizeof *misfits);
    if (!card_choose(f->cards, f->n, call, a, out, misfits, e))
        return false;
    size_t undecided = card_undecided(f->cards, f->n, *out, misfits);
    return undecided == f->n || err_set(e, ERR_INPUT, "%s: `applies` ended without a result: %s",
                                        f->paths[undecided], misfits[undecided]);
}

static struct json *answer(struct filter *f, struct slice line, struct arena *a, struct err *e)
{
    struct call call;
    struct review_sheet *sheet = arena_take(a, sizeof *sheet);
    if (!read_call(line, a, &call, e))
        return NULL;
    size_t chosen;
    if (!choose(f, &call, a, &chosen, e))
        return NULL;
    struct card *card = chosen < f->n ? f->cards[chosen] : NULL;
    if (card && !score(card, &call, a, sheet, e))
        return NULL;
    struct json *j = card ? review_sheet_json(sheet) : json_object();
    if (!card) {
        json_put_text(j, "call", call.id);
        json_put(j, "card", json_new_text(NULL));
    }
    json_put_number(j, "line", (double)f->line);
    json_put_text(j, "source", call.source);
    json_put_text(j, "key", call.source_key);
    return j;
}

static struct json *refusal(struct filter *f, const struct err *e)
{
    struct json *j = json_object();
    json_put_number(j, "line", (double)f->line);
    json_put_text(j, "error", e->text);
    f->refused = true;
    return j;
}

static void do_line(struct filter *f, struct slice line, struct arena *a)
{
    struct err e = {0};
    if (line.n > LINE_MOST)
        err_set(&e, ERR_INPUT, "the line is longer than %d MB", LINE_MOST >> 20);
    struct json *j = e.kind ? NULL : answer(f, line, a, &e);
    if (!j)
        j = refusal(f, &e);
    cli_json(f->cli, j);
}

static void do_lines(struct filter *f, FILE *in)
{
    struct arena *a = arena_open();
    char *text = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&text, &room, in)) >= 0;) {
        struct slice line = slice_trim((struct slice){text, (size_t)n});
        f->line++;
        if (line.n)
            do_line(f, line, a);
        arena_reset(a);
    }
    free(text);
    arena_close(a);
}

enum cli_exit filter_run(struct cli *c, FILE *in, const char *folder)
{
    struct filter f = {.cli = c};
    struct err e = {0};
    bool ok = open_cards(&f, folder, &e);
    if (ok)
        do_lines(&f, in);
    for (size_t i = 0; i < f.n; i++)
        card_close(f.cards[i]);
    if (!ok)
        return cli_fail(c, &e);
    if (fflush(c->out) != 0 || ferror(c->out) || ferror(in)) {
        err_set(&e, ERR_IO, "the stream broke off at line %zu", f.line);
        return cli_fail(c, &e);
    }
    return f.refused ? CLI_REFUSED : CLI_DONE;
}
