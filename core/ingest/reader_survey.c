/* Surveys and outcomes: what becomes known of a call after it was taken in.
 *
 * A CSV table with a header row, or JSON objects a line, that know nothing but the key and some of:
 *
 *   key source csat nps resolved complaint churned comment at
 *
 * csat and nps are numbers; resolved, complaint and churned yes or no. The call must be known:
 * keys that are not are named in the report. Without a source (a column, or --source) the key alone
 * decides, where only one call has it. complaint, churned, comment and at are kept as metadata
 * (comment and at as survey_comment and survey_at), and csat, nps and resolved there, too
 * (survey_csat ...): the call's own record does not change them when it comes again.
 */
#include "base/csv.h"
#include "ingest/record.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static const struct {
    const char *name, *meta; /* meta: NULL for a field of the call, survey_* beside it */
    bool yes_no, fact;
} members[] = {
    {"key", NULL, false, false},        {"source", NULL, false, false},
    {"csat", NULL, false, true},        {"nps", NULL, false, true},
    {"resolved", NULL, false, true},    {"complaint", "complaint", true, true},
    {"churned", "churned", true, true}, {"comment", "survey_comment", false, false},
    {"at", "survey_at", false, false},
};
enum { MEMBERS = sizeof members / sizeof *members };

/* Which of the members, or -1. */
static int member_of(struct slice name)
{
    for (int i = 0; i < MEMBERS; i++) {
        if (name.n == strlen(members[i].name) && strncasecmp(name.p, members[i].name, name.n) == 0)
            return i;
    }
    return -1;
}

static bool is_yes_no(struct slice text, bool *yes)
{
    static const char *const words[] = {"no", "yes", "false", "true", "0", "1", "n", "y"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text.n == strlen(words[i]) && strncasecmp(text.p, words[i], text.n) == 0) {
            *yes = i % 2;
            return true;
        }
    }
    return false;
}

static bool set(struct draft *d, struct arena *a, int member, struct slice text, struct err *e)
{
    bool yes;
    text = slice_trim(text);
    if (!text.n)
        return true;
    if (members[member].yes_no) {
        if (!is_yes_no(text, &yes))
            return err_set(e, ERR_INPUT, "%s: \"%.*s\" is not yes or no", members[member].name,
                           (int)utf8_front(text, 40).n, text.p);
        text = slice_of(yes ? "yes" : "no");
    }
    const char *name = members[member].name, *meta = members[member].meta;
    if (meta)
        return record_meta_text(d, a, meta, arena_text(a, text), e);
    return draft_set_text(d, a, name, text, true, e) &&
           (!members[member].fact ||
            record_meta_text(d, a, arena_format(a, "survey_%s", name), arena_text(a, text), e));
}

static bool names_fit(const bool seen[MEMBERS])
{
    bool fact = false;
    for (int i = 0; i < MEMBERS; i++)
        fact |= seen[i] && members[i].fact;
    return seen[0] && fact;
}

/* --- a table --- */

struct survey_table {
    struct csv csv;
    struct csv_row *row;
    int columns[CSV_COLUMNS];
    size_t n;
};

static bool open_table(const struct reader_input *in, struct arena *a, struct survey_table *t)
{
    static const char separators[] = ",;\t";
    t->row = arena_take(a, sizeof *t->row);
    for (const char *s = separators; *s && !in->json && !in->line; s++) {
        struct err ignored = {0};
        bool seen[MEMBERS] = {false}, ours = true;
        t->csv = (struct csv){a, in->bytes, *s, 1};
        if (!csv_next(&t->csv, t->row, &ignored))
            continue;
        t->n = t->row->n;
        for (size_t i = 0; i < t->n; i++) {
            struct slice name = slice_trim(t->row->cells[i]);
            t->columns[i] = member_of(name);
            ours &= t->columns[i] >= 0 || !name.n;
            if (t->columns[i] >= 0)
                seen[t->columns[i]] = true;
        }
        if (ours && names_fit(seen))
            return true;
    }
    return false;
}

static bool fits_table(const struct reader_input *in)
{
    struct arena *a = arena_open();
    bool found = open_table(in, a, arena_take(a, sizeof(struct survey_table)));
    arena_close(a);
    return found;
}

static bool read_row(const struct survey_table *t, struct arena *a, struct draft *d, struct err *e)
{
    for (size_t i = 0; i < t->row->n; i++) {
        int member = i < t->n ? t->columns[i] : -1;
        struct slice cell = slice_trim(t->row->cells[i]);
        if (member >= 0 && draft_is_number(members[member].name))
            cell = csv_decimal(&t->csv, cell);
        if (!utf8_valid(cell))
            return err_set(e, ERR_INPUT, "column %zu: not UTF-8; save the file as UTF-8", i + 1);
        if (member < 0) {
            if (cell.n)
                return err_set(e, ERR_INPUT, "%zu cells, but the header row names %zu columns",
                               t->row->n, t->n);
        } else if (!set(d, a, member, cell, e)) {
            return false;
        }
    }
    return draft_check(d, e);
}

static bool read_table(const struct reader_input *in, struct arena *a, struct drafts *out,
                       struct err *e)
{
    struct survey_table *t = arena_take(a, sizeof *t);
    out->joins = true;
    open_table(in, a, t);
    for (struct csv before = t->csv;; before = t->csv) {
        struct err fault = {0};
        bool more = csv_next(&t->csv, t->row, &fault);
        if (!more && !fault.kind)
            break;
        if (!more) {
            record_left_out(out, a, "", &fault);
            t->csv = before;
            csv_skip_line(&t->csv);
            continue;
        }
        struct draft *d = draft_new(out, a);
        d->place = arena_format(a, "line %zu", t->row->line);
        d->call.source = in->options ? in->options->source : NULL;
        record_end(out, a, read_row(t, a, d, &fault), &fault);
    }
    return record_done(out, a, e);
}

/* --- JSON --- */

static bool is_survey(const struct json *j)
{
    bool seen[MEMBERS] = {false};
    if (json_kind(j) != JSON_OBJECT)
        return false;
    for (const struct json *m = json_first(j); m; m = json_next(m)) {
        int i = member_of(slice_of(json_name(m)));
        if (i < 0)
            return false;
        seen[i] = true;
    }
    return names_fit(seen);
}

static bool fits_lines(const struct reader_input *in)
{
    return is_survey(in->json) || is_survey(in->line);
}

static bool read_survey(const struct reader_input *in, struct drafts *out, const struct json *j,
                        struct arena *a, struct draft *d, struct err *e)
{
    (void)in, (void)out;
    if (!is_survey(j))
        return err_set(e, ERR_INPUT,
                       "no survey: key and csat, nps, resolved, complaint or churned "
                       "belong here, and nothing else");
    for (const struct json *m = json_first(j); m; m = json_next(m)) {
        struct buf b = {0};
        if (json_kind(m) >= JSON_ARRAY)
            return err_set(e, ERR_INPUT, "%s: a text or a number belongs here", json_name(m));
        if (json_text(m))
            buf_str(&b, json_text(m));
        else if (json_kind(m) != JSON_NULL)
            json_print(m, &b);
        bool ok = set(d, a, member_of(slice_of(json_name(m))), buf_all(&b), e);
        buf_free(&b);
        if (!ok)
            return false;
    }
    return draft_check(d, e);
}

static bool read_lines(const struct reader_input *in, struct arena *a, struct drafts *out,
                       struct err *e)
{
    out->joins = true;
    return record_values(in, a, out, read_survey, e);
}

const struct reader reader_survey = {
    {"survey", "surveys and outcomes of calls that are there: a table that knows nothing else",
     "key,csat,nps,resolved,complaint,churned\nH-7,4,9,yes,no,no\n"},
    READER_METADATA,
    fits_table,
    read_table};
const struct reader reader_survey_lines = {{"survey-lines", "the same as JSON, one object a line",
                                            "{\"key\": \"H-7\", \"csat\": 4, \"resolved\": true}"},
                                           READER_METADATA,
                                           fits_lines,
                                           read_lines};
