#include "desk/imports.h"
#include "desk/joining.h"
#include "desk/scoring.h"
#include "desk/settings.h"
#include "serve/app.h"
#include "serve/pages.h"

#include <string.h>

static const struct page_option first_voices[] = {{"", "As the settings say"},
                                                  {"agent", "The agent"},
                                                  {"customer", "The customer"},
                                                  {NULL, NULL}};
static const struct page_field upload_fields[] = {
    {"files", "Send files",
     "Files of one base name are one call: H-7.wav, H-7.vtt, H-7.json. At most 1 GB in one go.",
     PAGE_FILE, true, 0, NULL},
    {"source", "Where they come from",
     "The name of the system that made them; \"files\" unless said.", PAGE_TEXT, false, 100, NULL},
    {"channels", "Who is on which channel of recordings",
     "From the first channel on, up to eight: agent,customer is usual; system for anything else.",
     PAGE_TEXT, false, 100, NULL},
    {"first_voice", "Who speaks first in transcripts with two voices without names", NULL,
     PAGE_CHOICE, false, 20, first_voices},
    {"zone", "Zone of times that do not say theirs",
     "Such as +02:00; left empty, as the settings say.", PAGE_TEXT, false, 10, NULL},
    {"raw", "What recordings without a header are",
     "Codec, rate and channels: ulaw:8000:1; or alaw, gsm, slin.", PAGE_TEXT, false, 30, NULL},
    {"map", "What is what in tables and JSON of other makes",
     "One line a part: key = Contact ID. `earshot help maps` says all that may stand there.",
     PAGE_LONG_TEXT, false, 16000, NULL},
    {NULL},
};

static const struct page_option shown[] = {
    {"", "All"}, {"refused", "Refused"}, {"taken", "Taken"}, {NULL, NULL}};
static const struct page_field filter_fields[] = {
    {"verdict", "Show", NULL, PAGE_CHOICE, false, 20, shown},
    {NULL},
};

static const struct page_option links[] = {
    {"/plugins", "Plugins"}, {"/tokens", "Make or revoke a token"}, {NULL, NULL}};
static const struct page_option manager_links[] = {{"/plugins", "Plugins"}, {NULL, NULL}};

const char **page_imports_values(struct request *r)
{
    return page_values(r, &r->form, upload_fields);
}

static const struct page_form *upload_form(struct request *r, const char *problem)
{
    struct page_form *form = arena_take(r->arena, sizeof *form);
    *form = (struct page_form){.action = "/imports",
                               .method = "post",
                               .submit = "Upload",
                               .fields = upload_fields,
                               .values = page_imports_values(r),
                               .problem = problem,
                               .more = "What these files do not say themselves",
                               .n_first = 1,
                               .token = r->token};
    return form;
}

static const struct page_form *filter_form(struct request *r)
{
    struct page_form *form = arena_take(r->arena, sizeof *form);
    *form = (struct page_form){.action = "/imports",
                               .method = "get",
                               .submit = "Show",
                               .fields = filter_fields,
                               .values = page_values(r, &r->query, filter_fields)};
    return form;
}

static int verdict_of(struct request *r)
{
    const char *word = page_or_empty(request_value(&r->query, "verdict"));
    for (int i = 0; i < STORE_VERDICTS; i++)
        if (strcmp(word, store_verdict_names[i]) == 0)
            return i;
    return -1;
}

static const struct page_list *list_of(struct request *r, int verdict, int64_t page, int64_t total)
{
    struct page_list *list = arena_take(r->arena, sizeof *list);
    const char *with = verdict < 0 ? "" : store_verdict_names[verdict];
    int64_t pages = (total + STORE_PAGE - 1) / STORE_PAGE;
    const char *address = *with ? arena_format(r->arena, "/imports?verdict=%s", with) : "/imports";
    *list = (struct page_list){.address = address};
    if (total)
        list->note = arena_format(r->arena, "Page %lld of %lld: %lld files", (long long)page,
                                  (long long)pages, (long long)total);
    const char *sign = *with ? "&" : "?";
    if (page > 1)
        list->previous =
            arena_format(r->arena, "%s%spage=%lld", address, sign, (long long)(page - 1));
    if (page < pages)
        list->next = arena_format(r->arena, "%s%spage=%lld", address, sign, (long long)(page + 1));
    return list;
}

static const char *waiting_sentence(struct request *r, int64_t n)
{
    return n == 0   ? "No recording or transcript waits for its call."
           : n == 1 ? "One recording or transcript waits for its call."
                    : arena_format(r->arena, "%lld recordings or transcripts wait for their call.",
                                   (long long)n);
}

void page_imports_again(struct app *app, struct request *r, struct response *out,
                        const char *problem)
{
    struct desk d;
    struct err e = {0};
    struct table *imports, *tokens;
    const char *scoring, *settings;
    int64_t total, waiting, page = 1;
    int verdict = verdict_of(r);
    request_integer(request_value(&r->query, "page"), &page);
    page = page < 1 ? 1 : page > 1000000 ? 1000000 : page;
    bool whole = r->format != REQUEST_HTML;
    struct store_page part = {whole ? STORE_PAGE_MOST : STORE_PAGE,
                              whole ? 0 : (page - 1) * STORE_PAGE};
    if (!page_looks(app, r, out, &d))
        return;
    if (!imports_table(&d, verdict, &part, &imports, &total, &e) ||
        !imports_token_table(&d, &tokens, &e) || !joining_count(&d, &waiting, &e) ||
        !scoring_of_all(&d, job_scoring_problem(app->job, r->arena), &scoring, &e) ||
        !settings_of_files(&d, &settings, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (whole) {
        response_table(r, out, imports, "imports");
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_put_form(v, "upload", upload_form(r, problem));
    page_put_form(v, "filter", filter_form(r));
    page_put_text(v, "scoring", scoring);
    page_put_text(v, "settings", settings);
    page_put_links(v, "actions", r->user.role == STORE_ADMIN ? links : manager_links);
    page_put_text(v, "waiting", waiting_sentence(r, waiting));
    page_put_list(v, "imports", imports, list_of(r, verdict, page, total));
    page_put_table(v, "tokens", tokens);
    route_page(app, r, out, "imports", v, "Imports", page_said(r));
}

void page_imports(struct app *app, struct request *r, struct response *out)
{
    page_imports_again(app, r, out, NULL);
}

static const struct page_form *retry_form(struct request *r, const struct store_import *i)
{
    if (i->verdict != STORE_REFUSED || !*i->place)
        return NULL;
    return page_button(r, arena_format(r->arena, "/imports/%lld", (long long)i->id), "Try again");
}

void page_import(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct store_import i;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (!imports_open(&d, id, &i, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "file", i.name);
    page_put_text(v, "verdict",
                  arena_format(r->arena, "%s on %s", i.verdict == STORE_TAKEN ? "Taken" : "Refused",
                               page_time(r->arena, i.at)));
    page_put_text(v, "reason", *i.reason ? i.reason : "nothing was wrong with it.");
    page_put_form(v, "retry", retry_form(r, &i));
    route_page(app, r, out, "import", v, i.name, page_said(r));
}

void page_import_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    enum ingest_verdict verdict;
    const char *reason;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    page_changes(app, r, &d);
    bool ok = imports_retry(&d, id, &verdict, &reason, &e);
    job_wake(app->job);
    if (!ok)
        route_error(app, r, out, &e);
    else
        response_redirect(r, out,
                          arena_format(r->arena, "/imports/%lld?said=%s", (long long)id,
                                       verdict == INGEST_REFUSED ? "refused" : "taken"));
}
