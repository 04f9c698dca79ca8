#include "serve/pages.h"

#include "serve/serve.h"

#include <string.h>

static void fill(struct app *app, struct request *r, struct store *s, struct desk *d)
{
    *d = (struct desk){
        .store = s,
        .arena = r->arena,
        .viewer = r->viewer,
        .user = r->user.id,
        .name = r->user.name,
        .role = r->user.role,
        .address = r->address,
        .now = r->now,
        .runner = app_runner(app),
    };
}

bool page_looks(struct app *app, struct request *r, struct response *out, struct desk *d)
{
    struct err e = {0};
    struct store *reader = request_reader(r, &e);
    fill(app, r, reader, d);
    if (!reader)
        route_error(app, r, out, &e);
    return reader != NULL;
}

void page_changes(struct app *app, struct request *r, struct desk *d)
{
    fill(app, r, app_store(app), d);
}

const char **page_values(struct request *r, const struct request_fields *from,
                         const struct page_field *fields)
{
    size_t n = 0;
    while (fields[n].name)
        n++;
    const char **values = arena_array(r->arena, n + 1, sizeof *values);
    for (size_t i = 0; i < n; i++)
        values[i] = request_value(from, fields[i].name);
    return values;
}

const char *page_or_empty(const char *value)
{
    return value ? value : "";
}

const char *page_said(struct request *r)
{
    static const struct {
        const char *word, *sentence;
    } sentences[] = {
        {"saved", "Saved to the library."},
        {"reported", "Reported. Everybody who reviews calls can see it now."},
        {"moved", "Moved on."},
        {"taken", "It is taken now."},
        {"refused", "It was refused again."},
        {"settings", "The settings are changed."},
        {"revoked", "Revoked. The program that has it may push no more."},
        {"joined", "Done. The calls' pages show it."},
        {"submitted", "Your review is submitted. The agent can read it now."},
        {"drafted", "Your draft is saved. Nobody else sees it."},
        {"kept_card", "Kept as a draft version. Calls are scored by the published one as before."},
        {"kept_test", "The review is a test of the card now, in a new draft version. Give it a new "
                      "version name, mend the card where the test fails, then publish it."},
        {"published", "Published. Calls are scored with this version from now on."},
        {"renewed",
         "The calls wait to be scored again. Their sheets count until there are new ones."},
        {"asked", "The call waits to be scored. Open this page again in a moment."},
        {"retired", "Retired. No call gets this card any more."},
        {"on", "Switched on. Calls are scored with this version again."},
        {"rolled_back", "This version is published again; the one after it is retired."},
    };
    const char *word = request_value(&r->query, "said");
    for (size_t i = 0; word && i < sizeof sentences / sizeof *sentences; i++)
        if (strcmp(word, sentences[i].word) == 0)
            return sentences[i].sentence;
    return "";
}

struct page_form *page_button(struct request *r, const char *action, const char *label)
{
    static const struct page_field none[] = {{NULL}};
    struct page_form *form = arena_take(r->arena, sizeof *form);
    *form = (struct page_form){.action = action,
                               .method = "post",
                               .submit = label,
                               .fields = none,
                               .quiet = true,
                               .token = r->token};
    return form;
}

const char *page_time(struct arena *a, int64_t ms)
{
    static const struct table_column column[] = {{"t", "T", TABLE_TIME}};
    struct table *t = table_new(a, "", column, 1);
    struct buf text = {0};
    table_row(t);
    table_integer(t, ms);
    table_show(t, 0, 0, &text);
    const char *kept = arena_text(a, buf_all(&text));
    buf_free(&text);
    return kept;
}
