#include "render/markdown.h"

#include <cmark.h>
#include <string.h>

#include "base/utf8.h"
#include "render/value.h"

/* One walk over a tree, or over some children of its root. */
struct walk {
    struct draw *d; /* NULL: a person's text, without values and blocks */
    struct html *html;
    cmark_iter *iter;
    enum markdown_manner manner;
    int depth;
    int line; /* of the text's first line in the file, less one */
};

static const char *literal(cmark_node *n)
{
    const char *text = cmark_node_get_literal(n);
    return text ? text : "";
}

static cmark_node *parse(struct slice text)
{
    cmark_node *root = cmark_parse_document(text.p ? text.p : "", text.n, CMARK_OPT_DEFAULT);
    cmark_consolidate_text_nodes(root);
    return root;
}

static int line_of(const struct walk *w, cmark_node *n)
{
    while (n && cmark_node_get_start_line(n) == 0)
        n = cmark_node_parent(n);
    return w->line + (n ? cmark_node_get_start_line(n) : 1);
}

/* The rest of this node is not walked. */
static void skip(struct walk *w, cmark_node *n)
{
    cmark_iter_reset(w->iter, n, CMARK_EVENT_EXIT);
}

static const char *expand(struct walk *w, cmark_node *n, const char *text, bool address)
{
    if (!w->d || !strstr(text, "{{"))
        return text;
    struct err e = {0};
    const char *out = value_expand(w->d->view, w->d->arena, slice_of(text), address, &e);
    if (e.kind == ERR_NONE)
        return out;
    w->d->failed = true;
    err_within(&e, "line %d", line_of(w, n));
    err_set(w->d->err, e.kind, "%s", e.text);
    return out;
}

static bool is_leaf(cmark_node *n)
{
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_CODE:
    case CMARK_NODE_TEXT:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_THEMATIC_BREAK: return true;
    default: return false;
    }
}

static bool in_tight_list(cmark_node *paragraph)
{
    cmark_node *list = cmark_node_parent(cmark_node_parent(paragraph));
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static const char *heading_of(const struct walk *w, cmark_node *n)
{
    static const char *const names[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    int level = cmark_node_get_heading_level(n) - 1 + (w->d ? 0 : 2);
    return names[level > 5 ? 5 : level];
}

/* The element a node becomes; NULL: none, only its children are drawn. */
static const char *element_of(const struct walk *w, cmark_node *n)
{
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_PARAGRAPH: return w->manner == MARKDOWN_INLINE || in_tight_list(n) ? NULL : "p";
    case CMARK_NODE_HEADING: return heading_of(w, n);
    case CMARK_NODE_BLOCK_QUOTE: return "blockquote";
    case CMARK_NODE_LIST: return cmark_node_get_list_type(n) == CMARK_ORDERED_LIST ? "ol" : "ul";
    case CMARK_NODE_ITEM: return "li";
    case CMARK_NODE_EMPH: return "em";
    case CMARK_NODE_STRONG: return "strong";
    default: return NULL;
    }
}

static const char *address_of(struct walk *w, cmark_node *n)
{
    const char *url = expand(w, n, cmark_node_get_url(n), true);
    return html_address_is_safe(slice_of(url)) ? url : NULL;
}

static void link_open(struct walk *w, cmark_node *n)
{
    const char *url = address_of(w, n), *title = cmark_node_get_title(n);
    if (!url)
        return;
    html_open(w->html, "a");
    html_url(w->html, "href", url);
    if (*title)
        html_attr(w->html, "title", expand(w, n, title, false));
    if (!w->d)
        html_attr(w->html, "rel", "noopener noreferrer nofollow");
}

/* Images come from this site only; of others the words they were given remain. */
static void image(struct walk *w, cmark_node *n)
{
    const char *url = address_of(w, n);
    struct buf alt = {0};
    for (cmark_event_type event; (event = cmark_iter_next(w->iter)) != CMARK_EVENT_DONE;) {
        cmark_node *inside = cmark_iter_get_node(w->iter);
        if (inside == n && event == CMARK_EVENT_EXIT)
            break;
        if (cmark_node_get_type(inside) == CMARK_NODE_TEXT)
            buf_str(&alt, literal(inside));
    }
    if (url && *url == '/') {
        html_open(w->html, "img");
        html_url(w->html, "src", url);
        html_attr(w->html, "alt", buf_text(&alt));
        html_close(w->html, "img");
    } else {
        html_text(w->html, buf_text(&alt));
    }
    buf_free(&alt);
}

static void code_block(struct walk *w, cmark_node *n)
{
    const char *info = cmark_node_get_fence_info(n);
    if (w->d && info && *info) {
        struct block_use use;
        struct err e = {0};
        if (block_parse(w->d->arena, slice_of(info), slice_of(literal(n)), line_of(w, n), &use, &e))
            block_draw(w->d, &use);
        else
            block_fault(w->d, line_of(w, n), "%s", e.text);
        return;
    }
    html_open(w->html, "pre");
    html_leaf(w->html, "code", NULL, literal(n));
    html_close(w->html, "pre");
}

static void draw_plain(struct html *h, struct slice text)
{
    html_open(h, "pre");
    html_attr(h, "class", "plain");
    html_slice(h, text);
    html_close(h, "pre");
}

/* Dropped from a page. What a person typed is never lost: there it is text. */
static void raw_html(struct walk *w, cmark_node *n)
{
    if (w->d)
        return;
    if (cmark_node_get_type(n) == CMARK_NODE_HTML_BLOCK)
        draw_plain(w->html, slice_of(literal(n)));
    else
        html_text(w->html, literal(n));
}

static void leaf(struct walk *w, cmark_node *n)
{
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_TEXT: html_text(w->html, expand(w, n, literal(n), false)); break;
    case CMARK_NODE_SOFTBREAK: html_text(w->html, "\n"); break;
    case CMARK_NODE_LINEBREAK:
        html_open(w->html, "br");
        html_close(w->html, "br");
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        html_open(w->html, "hr");
        html_close(w->html, "hr");
        break;
    case CMARK_NODE_CODE: html_leaf(w->html, "code", NULL, literal(n)); break;
    case CMARK_NODE_CODE_BLOCK: code_block(w, n); break;
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_HTML_BLOCK: raw_html(w, n); break;
    default: break;
    }
}

/* A paragraph that is one value, and that value is empty just now. */
static bool is_empty_value(struct walk *w, cmark_node *n)
{
    cmark_node *only = cmark_node_first_child(n);
    if (!w->d || !only || cmark_node_next(only) || cmark_node_get_type(only) != CMARK_NODE_TEXT)
        return false;
    struct err e = {0};
    const char *text = value_expand(w->d->view, w->d->arena, slice_of(literal(only)), false, &e);
    return e.kind == ERR_NONE && slice_trim(slice_of(text)).n == 0;
}

static void enter(struct walk *w, cmark_node *n)
{
    cmark_node_type type = cmark_node_get_type(n);
    if (type == CMARK_NODE_PARAGRAPH && is_empty_value(w, n)) {
        skip(w, n);
        return;
    }
    if (type == CMARK_NODE_IMAGE) {
        image(w, n);
        return;
    }
    if (++w->depth > MARKDOWN_DEPTH)
        return;
    if (type == CMARK_NODE_LINK) {
        link_open(w, n);
        return;
    }
    const char *element = element_of(w, n);
    if (!element)
        return;
    html_open(w->html, element);
    if (strcmp(element, "p") == 0 && w->manner == MARKDOWN_EMPTY)
        html_attr(w->html, "class", "empty");
    if (strcmp(element, "ol") == 0 && cmark_node_get_list_start(n) != 1)
        html_attr_integer(w->html, "start", cmark_node_get_list_start(n));
}

static void leave(struct walk *w, cmark_node *n)
{
    if (w->depth-- > MARKDOWN_DEPTH)
        return;
    if (cmark_node_get_type(n) == CMARK_NODE_LINK) {
        if (address_of(w, n))
            html_close(w->html, "a");
        return;
    }
    const char *element = element_of(w, n);
    if (element)
        html_close(w->html, element);
}

static void walk_node(struct walk *w, cmark_node *node)
{
    w->iter = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(w->iter)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(w->iter);
        if (is_leaf(n))
            leaf(w, n);
        else if (event == CMARK_EVENT_ENTER)
            enter(w, n);
        else
            leave(w, n);
    }
    cmark_iter_free(w->iter);
}

void markdown_draw(struct draw *d, struct slice text, enum markdown_manner manner, int line)
{
    cmark_node *root = parse(text);
    struct walk w = {.d = d, .html = d->html, .manner = manner, .line = line - 1};
    walk_node(&w, root);
    cmark_node_free(root);
}

/* Does this one node draw a pane of its own? */
static bool is_pane(struct draw *d, cmark_node *n)
{
    if (cmark_node_get_type(n) != CMARK_NODE_CODE_BLOCK)
        return false;
    struct block_use use;
    struct err e = {0};
    return block_parse(d->arena, slice_of(cmark_node_get_fence_info(n)), slice_of(""), 0, &use,
                       &e) &&
           use.block->is_pane;
}

static bool is_break(cmark_node *n)
{
    return cmark_node_get_type(n) == CMARK_NODE_THEMATIC_BREAK;
}

/* One pane: the nodes from `n` to the next break, which is returned. */
static cmark_node *pane(struct walk *w, cmark_node *n)
{
    struct html *h = w->html;
    if (is_pane(w->d, n) && (!cmark_node_next(n) || is_break(cmark_node_next(n)))) {
        walk_node(w, n);
        return cmark_node_next(n);
    }
    html_open(h, "section");
    html_attr(h, "class", "pane");
    if (cmark_node_get_type(n) == CMARK_NODE_HEADING) {
        walk_node(w, n);
        n = cmark_node_next(n);
    }
    html_open(h, "div");
    html_attr(h, "class", "scroll");
    for (; n && !is_break(n); n = cmark_node_next(n))
        walk_node(w, n);
    html_close(h, "div");
    html_close(h, "section");
    return n;
}

void markdown_draw_panes(struct draw *d, struct slice text, int line)
{
    cmark_node *root = parse(text);
    struct walk w = {.d = d, .html = d->html, .line = line - 1};
    html_open(d->html, "div");
    html_attr(d->html, "class", "panes");
    for (cmark_node *n = cmark_node_first_child(root); n;) {
        n = is_break(n) ? n : pane(&w, n);
        n = n ? cmark_node_next(n) : NULL;
    }
    html_close(d->html, "div");
    cmark_node_free(root);
}

static int depth_of(cmark_node *root)
{
    int depth = 0, deepest = 0;
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        if (is_leaf(cmark_iter_get_node(iter)))
            continue;
        depth += event == CMARK_EVENT_ENTER ? 1 : -1;
        deepest = depth > deepest ? depth : deepest;
    }
    cmark_iter_free(iter);
    return deepest;
}

void markdown_draw_person(struct html *h, struct slice text)
{
    if (text.n > MARKDOWN_PERSON_MOST) {
        draw_plain(h, text);
        return;
    }
    cmark_node *root = parse(text);
    struct walk w = {.html = h};
    if (depth_of(root) > MARKDOWN_DEPTH)
        draw_plain(h, text);
    else
        walk_node(&w, root);
    cmark_node_free(root);
}

static bool check_node(cmark_node *n, int line, struct arena *a, struct err *e)
{
    struct err why = {0};
    struct block_use use;
    cmark_node_type type = cmark_node_get_type(n);
    if (type == CMARK_NODE_TEXT)
        value_check(slice_of(literal(n)), &why);
    else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
        value_check(slice_of(cmark_node_get_url(n)), &why);
    else if (type == CMARK_NODE_CODE_BLOCK && *cmark_node_get_fence_info(n)) {
        struct slice body = slice_of(literal(n));
        if (block_parse(a, slice_of(cmark_node_get_fence_info(n)), body, line, &use, &why))
            return markdown_check(body, line + 1, e);
    }
    if (why.kind == ERR_NONE)
        return true;
    err_set(e, why.kind, "line %d: %s", line, why.text);
    return false;
}

bool markdown_check(struct slice text, int line, struct err *e)
{
    if (text.n > MARKDOWN_PAGE_MOST)
        return err_set(e, ERR_INPUT, "The page is longer than %d bytes: cut it in two.",
                       MARKDOWN_PAGE_MOST);
    if (!utf8_valid(text))
        return err_set(e, ERR_INPUT, "The page is not valid UTF-8: save it again as UTF-8.");
    cmark_node *root = parse(text);
    struct arena *a = arena_open();
    struct walk w = {.line = line - 1};
    bool ok = depth_of(root) <= MARKDOWN_DEPTH;
    if (!ok)
        err_set(e, ERR_INPUT, "The page nests deeper than %d levels: make it flatter.",
                MARKDOWN_DEPTH);
    cmark_iter *iter = cmark_iter_new(root);
    while (ok && cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(iter);
        ok = check_node(n, line_of(&w, n), a, e);
    }
    cmark_iter_free(iter);
    arena_close(a);
    cmark_node_free(root);
    return ok;
}

static void add_words(struct buf *out, cmark_node *n)
{
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE: buf_str(out, literal(n)); break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: buf_char(out, ' '); break;
    default: break;
    }
}

const char *markdown_words(struct arena *a, struct slice text)
{
    struct buf out = {0};
    cmark_node *root = parse(text), *first = cmark_node_first_child(root);
    while (first && cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH)
        first = cmark_node_next(first);
    cmark_iter *i = first ? cmark_iter_new(first) : NULL;
    while (i && cmark_iter_next(i) != CMARK_EVENT_DONE)
        if (cmark_iter_get_event_type(i) == CMARK_EVENT_ENTER)
            add_words(&out, cmark_iter_get_node(i));
    if (i)
        cmark_iter_free(i);
    cmark_node_free(root);
    const char *words = arena_copy(a, buf_text(&out));
    buf_free(&out);
    return words;
}
