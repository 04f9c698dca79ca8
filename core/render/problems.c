#include "render/problems.h"

static void begin(struct problems *p)
{
    struct html *h = p->html;
    if (p->begun)
        return;
    p->begun = true;
    html_open(h, "div");
    html_attr(h, "class", "errors");
    html_attr(h, "role", "alert");
    html_attr_integer(h, "tabindex", -1);
    html_attr(h, "aria-labelledby", "errors-h");
    html_attr(h, "id", "errors");
    html_open(h, "h2");
    html_attr(h, "id", "errors-h");
    html_say(h, "There is a problem");
    html_close(h, "h2");
    html_open(h, "ul");
}

void problems_add(struct problems *p, const char *id, const char *text)
{
    if (!text)
        return;
    begin(p);
    struct buf address = {0};
    html_open(p->html, "li");
    if (id) {
        buf_char(&address, '#');
        buf_str(&address, id);
        html_open(p->html, "a");
        html_url(p->html, "href", buf_text(&address));
    }
    html_say(p->html, text);
    if (id)
        html_close(p->html, "a");
    html_close(p->html, "li");
    buf_free(&address);
}

void problems_end(struct problems *p)
{
    if (!p->begun)
        return;
    html_close(p->html, "ul");
    html_close(p->html, "div");
}

void problems_inline(struct html *h, const char *id, const char *text)
{
    if (!text)
        return;
    html_open(h, "p");
    html_attr(h, "class", "error");
    html_attr(h, "id", id);
    html_open(h, "span");
    html_attr(h, "class", "sr");
    html_say(h, "Error:");
    html_text(h, " ");
    html_close(h, "span");
    html_say(h, text);
    html_close(h, "p");
}
