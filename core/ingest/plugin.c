#include "ingest/plugin.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/charset.h"
#include "ingest/record.h"
#include "ingest/spool.h"
#include "runner/hook.h"

enum { ID_MOST = 40, FAILURES_MOST = 5, AT_HAND = 256 << 10 /* bytes of calls as they come */ };

struct plugin {
    struct runner *runner;
    struct arena *a; /* as long as the plugin */
    struct runner_text text;
    struct plugin_report facts; /* without faults */
    const char *read_by;
    struct runner_child *child; /* NULL until it is needed */
    int failures;               /* in a row: came to no end of their own */
};

void plugin_fault(struct plugin_faults *f, int line, const char *format, ...)
{
    char text[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    f->all = arena_grow(f->a, f->all, f->n, &f->room, sizeof *f->all);
    f->all[f->n++] = (struct plugin_fault){line, arena_copy(f->a, text)};
}

/* --- what it declares --- */

/* Is `field =` written in the line? */
static bool sets_field(struct slice line, const char *field)
{
    size_t n = strlen(field);
    for (size_t i = 0; i + n < line.n; i++) {
        struct slice here = {line.p + i, line.n - i};
        bool begins = i == 0 || !(isalnum((unsigned char)line.p[i - 1]) || line.p[i - 1] == '_');
        struct slice rest = slice_trim((struct slice){here.p + n, here.n - n});
        if (begins && slice_starts(here, field) && slice_starts(rest, "=") &&
            !slice_starts(rest, "=="))
            return true;
    }
    return false;
}

/* The line on which the field stands, as far as a look at the text can tell. */
static int line_of(struct slice text, const char *field, int otherwise)
{
    struct slice line;
    for (int number = 1; slice_line(&text, &line); number++)
        if (number >= otherwise && sets_field(line, field))
            return number;
    return otherwise;
}

struct checked {
    struct plugin_faults *faults;
    struct slice text;
    const struct json *j;
    int line;
};

static bool is_function(const struct json *v)
{
    return json_get(v, "function") != NULL;
}

static const char *words(const struct checked *c, const char *name, const char *example)
{
    const struct json *v = json_get(c->j, name);
    const char *text = json_text(v);
    if ((v || *example) && (!text || !*text))
        plugin_fault(c->faults, line_of(c->text, name, c->line), "“%s” is %s; write %s = \"%s\"",
                     name, v ? "no text" : "missing", name, *example ? example : "...");
    return text ? arena_copy(c->faults->a, text) : "";
}

static bool is_id(const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)text[i]) && !(i && strchr("_-", text[i])))
            return false;
    return n > 0 && n <= ID_MOST && isalpha((unsigned char)text[0]);
}

static void check_member(const struct checked *c, const struct json *m)
{
    static const char *const known[] = {"kind",  "line",    "id",    "title", "version",
                                        "about", "charset", "tests", NULL};
    const char *name = json_name(m);
    const struct hook *h = hook_find(name);
    int line = line_of(c->text, name, c->line);
    for (size_t i = 0; known[i]; i++)
        if (strcmp(known[i], name) == 0)
            return;
    if (!h)
        plugin_fault(c->faults, line,
                     "“%s” is no hook and no field of a plugin; the hook is reader, the fields are "
                     "id, title, version, about, charset and tests",
                     name);
    else if (!h->there)
        plugin_fault(c->faults, line,
                     "the hook “%s” is not asked by this version; the one that is: reader", name);
    else if (!is_function(m))
        plugin_fault(c->faults, line, "the hook “%s” is no function", name);
}

static bool is_charset(const char *name)
{
    struct arena *a = arena_open();
    struct slice out;
    bool known = strcmp(name, "raw") == 0 || charset_decode(name, slice_of("x"), a, &out);
    arena_close(a);
    return known;
}

static void check_test(const struct checked *c, const struct json *t)
{
    static const char *const known[] = {"kind",  "id",     "line",     "file",
                                        "named", "expect", "left_out", NULL};
    int line = (int)json_get_integer(t, "line", c->line);
    const struct json *expect = json_get(t, "expect");
    if (strcmp(json_get_text(t, "kind", ""), "test") != 0) {
        plugin_fault(
            c->faults, line_of(c->text, "tests", c->line),
            "“tests” holds what is no test; write test \"name\" { file = [[...]], expect = "
            "{ ... } }");
        return;
    }
    for (const struct json *m = json_first(t); m; m = json_next(m)) {
        size_t i = 0;
        while (known[i] && strcmp(known[i], json_name(m)) != 0)
            i++;
        if (!known[i])
            plugin_fault(c->faults, line,
                         "“%s” is no field of a test; it has file, named, expect and left_out",
                         json_name(m));
    }
    if (!json_text(json_get(t, "file")))
        plugin_fault(c->faults, line, "the test has no file; write file = [[...]]");
    if (!expect || (json_kind(expect) != JSON_ARRAY &&
                    !(json_kind(expect) == JSON_BOOL && !json_true(expect))))
        plugin_fault(c->faults, line,
                     "the test expects nothing; write expect = { { key = \"...\" } }, or expect = "
                     "false where the file is not the plugin's");
}

static void check(struct checked *c, struct plugin_report *report)
{
    c->line = (int)json_get_integer(c->j, "line", 0);
    report->id = words(c, "id", "kestrel");
    report->title = words(c, "title", "Kestrel call records");
    report->version = words(c, "version", "1.0");
    report->about = words(c, "about", "");
    report->charset = words(c, "charset", "");
    if (*report->id && !is_id(report->id))
        plugin_fault(c->faults, line_of(c->text, "id", c->line),
                     "“id” is a letter, then letters, digits, _ and -, at most %d", ID_MOST);
    if (*report->charset && !is_charset(report->charset))
        plugin_fault(c->faults, line_of(c->text, "charset", c->line),
                     "the charset “%s” is not known; \"windows-1252\" is, or \"raw\" for bytes as "
                     "they are",
                     report->charset);
    if (!json_get(c->j, "reader"))
        plugin_fault(c->faults, c->line, "there is no hook; write reader = function(file) ... end");
    for (const struct json *m = json_first(c->j); m; m = json_next(m))
        check_member(c, m);
    for (const struct json *t = json_first(json_get(c->j, "tests")); t; t = json_next(t))
        check_test(c, t);
}

/* --- loading --- */

static bool load(struct plugin *p, struct arena *a, const char **definition,
                 struct runner_outcome *o)
{
    runner_child_close(p->child);
    return runner_load_plugin(p->runner, &p->text, a, &p->child, definition, o) == RUNNER_DONE;
}

static void check_loaded(struct plugin *p, const char *definition, struct plugin_report *report,
                         struct plugin_faults *faults)
{
    struct err e = {0};
    struct json *j = json_parse(slice_of(definition), JSON_DEPTH, &e);
    struct checked c = {.faults = faults, .text = p->text.text, .j = j};
    check(&c, report);
    report->n_tests = json_count(json_get(j, "tests"));
    p->facts = *report;
    p->read_by =
        arena_format(p->a, "plugin %s %s, sha256 %s", report->id, report->version, report->hash);
    p->facts.id = arena_copy(p->a, report->id);
    p->facts.charset = arena_copy(p->a, report->charset);
    if (!faults->n)
        plugin_run_tests(p, json_get(j, "tests"), faults);
    json_free(j);
}

bool plugin_open(struct runner *r, const char *name, struct slice text, struct arena *a,
                 struct plugin **out, struct plugin_report *report, struct err *e)
{
    struct plugin_faults faults = {.a = a};
    struct runner_outcome o;
    const char *definition;
    struct plugin *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    *out = NULL;
    *report = (struct plugin_report){
        .id = "", .title = "", .version = "", .about = "", .charset = "", .log = ""};
    hash_text(text, report->hash);
    *p = (struct plugin){.runner = r, .a = arena_open()};
    p->text = (struct runner_text){arena_copy(p->a, name), {arena_text(p->a, text), text.n}};
    if (load(p, a, &definition, &o))
        check_loaded(p, definition, report, &faults);
    else if (o.end == RUNNER_LOST)
        err_set(e, ERR_IO, "%s", o.text);
    else
        plugin_fault(&faults, o.line, "%s", o.text);
    report->log = arena_copy(a, o.log);
    report->faults = faults.all, report->n_faults = faults.n;
    if (!e->kind && !faults.n) {
        *out = p;
        return true;
    }
    plugin_close(p);
    return false;
}

void plugin_close(struct plugin *p)
{
    if (!p)
        return;
    runner_child_close(p->child);
    arena_close(p->a);
    free(p);
}

/* --- reading --- */

struct taking {
    const struct plugin *plugin;
    const struct reader_input *in;
    struct arena *a; /* of the drafts at hand */
    struct drafts *out;
    size_t n, n_bytes;  /* n_bytes: of the drafts at hand, as they came */
    bool names_files;   /* what a call names is read before any is taken: all are kept at hand */
    struct arena *kept; /* of the notes */
    struct err fault;
};

/* Text is what a script makes of a time; a zone that it does not say is that of the run. */
static bool set_times(struct taking *t, struct draft *d, const struct json *j, struct err *e)
{
    static const char *const names[] = {"offered", "answered", "ended"};
    int64_t *const times[] = {&d->call.offered, &d->call.answered, &d->call.ended};
    for (size_t i = 0; i < 3; i++)
        if (!record_time(t->in, t->out, names[i], slice_of(json_get_text(j, names[i], "")),
                         times[i], e))
            return false;
    return true;
}

static bool is_time(const char *name)
{
    return strcmp(name, "offered") == 0 || strcmp(name, "answered") == 0 ||
           strcmp(name, "ended") == 0;
}

/* The members of a call as our own JSON has them: a name that is none of its fields is a mistake of
 * the script, not metadata. */
static bool set_members(struct taking *t, struct draft *d, const struct json *j, struct err *e)
{
    for (const struct json *m = json_first(j); m; m = json_next(m)) {
        const char *name = json_name(m);
        if (!reader_json_is_member(name))
            return err_set(e, ERR_INPUT,
                           "%.60s: is no field of a call; what else is known goes into meta = { "
                           "... }",
                           name);
        if (json_kind(m) == JSON_ARRAY && !json_count(m))
            continue; /* {} in Lua is a list as well as a table of names */
        if (json_get(m, "read_by"))
            return err_set(e, ERR_INPUT, "%s.read_by: is written by the program", name);
        if (!is_time(name) && !reader_json_member(d, t->a, m, e))
            return false;
    }
    return true;
}

static bool set_call(struct taking *t, struct draft *d, const struct json *j, struct err *e)
{
    const struct ingest_options *o = t->in->options;
    const char *source = o && o->source && *o->source ? o->source : t->plugin->facts.id;
    if (json_kind(j) != JSON_OBJECT)
        return err_set(e, ERR_INPUT, "a call is a table with names: call { key = \"...\" }");
    d->call.source = arena_copy(t->a, source);
    d->call.channel = CALL_VOICE;
    return set_members(t, d, j, e) && set_times(t, d, j, e) &&
           draft_add_meta(d, t->a, "read_by", slice_of(t->plugin->read_by), e) && draft_check(d, e);
}

/* Where they are many, those at hand go out of the way. */
static void set_aside(struct taking *t)
{
    struct err none = {0};
    t->out->piece = true;
    record_done(t->out, t->a, &none);
    t->out->notes = arena_copy(t->kept, t->out->notes);
    spool_put(t->in->spool, t->out, &t->fault);
    t->n_bytes = 0;
}

static void take(void *context, const struct runner_found *found)
{
    struct taking *t = context;
    struct err fault = {0};
    if (t->fault.kind)
        return;
    struct draft *d = draft_new(t->out, t->a);
    t->n++;
    d->place = found->line ? arena_format(t->a, "line %d", found->line)
                           : arena_format(t->a, "record %zu", t->n);
    struct json *j = NULL;
    bool ok =
        found->is_call
            ? (j = json_parse(found->text, JSON_DEPTH, &fault)) != NULL && set_call(t, d, j, &fault)
            : err_set(&fault, ERR_INPUT, "%.*s", (int)found->text.n, found->text.p);
    t->names_files |= ok && (d->n_recordings || d->transcript);
    record_end(t->out, t->a, ok, &fault);
    json_free(j);
    t->n_bytes += found->text.n;
    if (t->in->spool && !t->names_files && t->n_bytes >= AT_HAND)
        set_aside(t);
}

/* The end of a file that was read to its end. */
static bool sum_up(struct taking *t, struct err *e)
{
    struct spool *s = t->in->spool;
    if (!s || !s->file)
        return record_done(t->out, t->a, e);
    if (t->names_files) {
        t->out->piece = false;
        return spool_gather(s, t->kept, t->out, e) && record_done(t->out, t->kept, e);
    }
    set_aside(t);
    t->out->n = s->n;
    return !t->fault.kind && record_sum(t->out, t->kept, e);
}

static bool decode(const struct plugin *p, struct slice bytes, struct arena *a, struct slice *out)
{
    *out = bytes;
    return strcmp(p->facts.charset, "raw") == 0 ||
           (!(bytes.n && memchr(bytes.p, 0, bytes.n)) &&
            charset_decode(p->facts.charset, bytes, a, out) && out->n <= RUNNER_FILE_MOST);
}

static bool is_ready(struct plugin *p, struct arena *a, struct runner_outcome *o, struct err *e)
{
    const char *definition;
    if (p->failures >= FAILURES_MOST)
        return err_set(e, ERR_INPUT, "it came to no end %d times in a row; mend its text",
                       FAILURES_MOST);
    if (p->child && !runner_child_worn(p->child))
        return true;
    return load(p, a, &definition, o) || err_set(e, ERR_INPUT, "%s", o->text);
}

static enum plugin_answer give_up(struct drafts *out, enum plugin_answer answer)
{
    *out = (struct drafts){.items = NULL};
    return answer;
}

enum plugin_answer plugin_read(struct plugin *p, const struct reader_input *in, struct arena *a,
                               struct drafts *out, struct err *e)
{
    struct taking t = {.plugin = p, .in = in, .out = out, .kept = a};
    struct runner_outcome *o = arena_take(a, sizeof *o);
    struct slice bytes;
    enum runner_file file;
    if (!decode(p, in->bytes, a, &bytes))
        return PLUGIN_NOT_MINE;
    if (!is_ready(p, a, o, e))
        return PLUGIN_OFF;
    t.a = in->spool ? spool_start(in->spool) : a;
    const char *name = in->name ? in->name : "";
    enum runner_end end = runner_read(p->child, name, bytes, take, &t, &file, o);
    if (end != RUNNER_LOST)
        p->failures = end == RUNNER_DONE || end == RUNNER_ERROR ? 0 : p->failures + 1;
    if (end != RUNNER_DONE) {
        runner_child_close(p->child);
        p->child = NULL;
        if (o->line)
            err_set(e, ERR_INPUT, "%s:%d: %s", p->text.name, o->line, o->text);
        else
            err_set(e, ERR_INPUT, "%s", o->text);
        return give_up(out, PLUGIN_OFF);
    }
    if (file == RUNNER_NOT_MINE)
        return give_up(out, PLUGIN_NOT_MINE);
    bool ok = !t.fault.kind && sum_up(&t, e);
    if (t.fault.kind)
        *e = t.fault;
    return ok ? PLUGIN_READ : PLUGIN_FAULTY;
}
