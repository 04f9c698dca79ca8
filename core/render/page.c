#include "render/page.h"

#include <string.h>

#include "render/markdown.h"

static void meta(struct html *h, const char *name, const char *content)
{
    html_open(h, "meta");
    html_attr(h, "name", name);
    html_attr(h, "content", content);
    html_close(h, "meta");
}

static void script(struct html *h, const char *address)
{
    if (!address)
        return;
    html_open(h, "script");
    html_attr(h, "type", "module");
    html_url(h, "src", address);
    html_close(h, "script");
}

static void icon(struct html *h, const char *address)
{
    if (!address)
        return;
    html_open(h, "link");
    html_attr(h, "rel", "icon");
    html_attr(h, "type", "image/svg+xml");
    html_url(h, "href", address);
    html_close(h, "link");
}

static void title(struct html *h, const struct page_frame *f)
{
    html_open(h, "title");
    if (f->error) {
        html_say(h, "Error:");
        html_text(h, " ");
    }
    html_text(h, f->title);
    html_text(h, " - Earshot");
    html_close(h, "title");
}

static void head(struct html *h, const struct page_frame *f, const struct draw *d)
{
    html_open(h, "head");
    html_open(h, "meta");
    html_attr(h, "charset", "utf-8");
    html_close(h, "meta");
    meta(h, "viewport", "width=device-width, initial-scale=1");
    meta(h, "color-scheme", "light dark");
    if (d->has_player)
        meta(h, "csp-nonce", f->nonce);
    title(h, f);
    html_open(h, "link");
    html_attr(h, "rel", "stylesheet");
    html_url(h, "href", f->style);
    html_close(h, "link");
    icon(h, f->icon);
    script(h, f->app_script);
    script(h, d->has_player || d->has_transcript ? f->call_script : NULL);
    script(h, d->has_form ? f->evaluate_script : NULL);
    script(h, d->has_editor ? f->editor_script : NULL);
    html_close(h, "head");
}

static void skip_link(struct html *h, const char *address, const char *label)
{
    html_open(h, "a");
    html_attr(h, "class", "skip");
    html_url(h, "href", address);
    html_say(h, label);
    html_close(h, "a");
}

/* Is this the area the page belongs to? "/" is so only for itself. */
static bool is_current(const char *address, const char *current)
{
    size_t n = strlen(address);
    if (strcmp(address, current) == 0)
        return true;
    return n > 1 && strncmp(current, address, n) == 0 && strchr("/?", current[n]);
}

static void navigation(struct html *h, const struct page_frame *f)
{
    html_open(h, "nav");
    html_attr(h, "aria-label", html_word(h, "Main"));
    html_open(h, "ul");
    for (const struct page_option *o = f->navigation; o && o->value; o++) {
        html_open(h, "li");
        html_open(h, "a");
        html_url(h, "href", o->value);
        html_attr(h, "aria-current", is_current(o->value, f->current) ? "page" : NULL);
        html_say(h, o->label);
        html_close(h, "a");
        html_close(h, "li");
    }
    html_close(h, "ul");
    html_close(h, "nav");
}

static void user(struct html *h, const struct page_frame *f)
{
    html_open(h, "div");
    html_attr(h, "class", "user");
    html_leaf(h, "span", NULL, f->user);
    html_text(h, " ");
    html_open(h, "span");
    html_attr(h, "class", "role");
    html_say(h, f->role);
    html_close(h, "span");
    html_open(h, "form");
    html_url(h, "action", "/sign-out");
    html_attr(h, "method", "post");
    html_open(h, "input");
    html_attr(h, "type", "hidden");
    html_attr(h, "name", "token");
    html_attr(h, "value", f->token);
    html_close(h, "input");
    html_leaf(h, "button", NULL, html_word(h, "Sign out"));
    html_close(h, "form");
    html_close(h, "div");
}

static void top(struct html *h, const struct page_frame *f)
{
    html_open(h, "header");
    html_attr(h, "class", "top");
    html_open(h, "a");
    html_attr(h, "class", "brand");
    html_url(h, "href", "/");
    html_text(h, "Earshot");
    html_close(h, "a");
    navigation(h, f);
    if (*f->user)
        user(h, f);
    html_close(h, "header");
}

static void status(struct html *h, const struct page_frame *f)
{
    html_open(h, "p");
    html_attr(h, "class", "status");
    html_attr(h, "role", "status");
    html_attr(h, "id", "status");
    html_text(h, f->status);
    html_close(h, "p");
}

static void foot(struct html *h, const struct page_frame *f)
{
    html_open(h, "footer");
    html_attr(h, "class", "foot");
    html_open(h, "p");
    html_text(h, "Earshot ");
    html_text(h, f->version);
    html_close(h, "p");
    html_close(h, "footer");
}

/* The main part is drawn first: the head depends on what is in it. */
static void frame(struct html *h, const struct page_frame *f, struct draw *d, struct slice markdown)
{
    struct buf inside = {0};
    struct html main;
    html_init(&main, &inside, f->language);
    d->html = &main;
    html_open(&main, "main");
    html_attr(&main, "id", "main");
    html_attr_integer(&main, "tabindex", -1);
    markdown_draw(d, markdown, MARKDOWN_PAGE, 1);
    html_close(&main, "main");

    html_doctype(h);
    html_open(h, "html");
    html_attr(h, "lang", f->language);
    html_attr(h, "data-theme", f->theme);
    head(h, f, d);
    html_open(h, "body");
    if (*f->user)
        html_attr(h, "data-user", f->user_key);
    skip_link(h, "#main", "Skip to content");
    if (d->has_transcript)
        skip_link(h, "#transcript", "Skip to transcript");
    if (d->has_form)
        skip_link(h, "#evaluate", "Skip to scorecard");
    top(h, f);
    status(h, f);
    html_take(h, &main);
    foot(h, f);
    html_close(h, "body");
    html_close(h, "html");
    buf_free(&inside);
}

bool page_render(struct slice markdown, const struct page_view *v, const struct page_frame *f,
                 struct buf *out, struct err *e)
{
    struct html h;
    html_init(&h, out, f->language);
    struct draw d = {.view = v, .arena = view_arena(v), .err = e};
    frame(&h, f, &d, markdown);
    return !d.failed;
}

bool page_check(struct slice markdown, struct err *e)
{
    return markdown_check(markdown, 1, e);
}
