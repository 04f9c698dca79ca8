#include "ingest/xml.h"

#include <expat.h>
#include <limits.h>
#include <string.h>

#include "base/buf.h"

enum { DEPTH_MOST = 64 };
#define SEPARATOR '\x01' /* between namespace and name; no XML text may hold it */

struct level {
    struct xml *node;
    struct buf text;
};

struct builder {
    XML_Parser parser;
    struct arena *a;
    struct xml *root;
    struct level levels[DEPTH_MOST];
    int depth;
    const char *refused;
};

static void refuse(struct builder *b, const char *why)
{
    b->refused = why;
    XML_StopParser(b->parser, XML_FALSE);
}

static const char *local_name(struct arena *a, const char *whole, const char **space)
{
    const char *at = strrchr(whole, SEPARATOR);
    if (space)
        *space = at ? arena_text(a, (struct slice){whole, (size_t)(at - whole)}) : "";
    return arena_copy(a, at ? at + 1 : whole);
}

static void start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct builder *b = context;
    if (b->depth == DEPTH_MOST) {
        refuse(b, "nested too deep");
        return;
    }
    struct xml *x = arena_take(b->a, sizeof *x);
    x->name = local_name(b->a, name, &x->space);
    x->text = "";
    for (; attributes[0]; attributes += 2) {
        struct xml_attribute *one = arena_take(b->a, sizeof *one);
        *one = (struct xml_attribute){local_name(b->a, attributes[0], NULL),
                                      arena_copy(b->a, attributes[1]), x->attributes};
        x->attributes = one;
    }
    x->parent = b->depth ? b->levels[b->depth - 1].node : NULL;
    if (!x->parent)
        b->root = x;
    else if (x->parent->last)
        x->parent->last = x->parent->last->next = x;
    else
        x->parent->first = x->parent->last = x;
    b->levels[b->depth].node = x;
    buf_clear(&b->levels[b->depth++].text);
}

static void end(void *context, const XML_Char *name)
{
    struct builder *b = context;
    struct level *l = &b->levels[--b->depth];
    (void)name;
    l->node->text = arena_text(b->a, slice_trim(buf_all(&l->text)));
}

static void characters(void *context, const XML_Char *text, int n)
{
    struct builder *b = context;
    if (b->depth && n > 0)
        buf_add(&b->levels[b->depth - 1].text, text, (size_t)n);
}

static void doctype(void *context, const XML_Char *name, const XML_Char *system,
                    const XML_Char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    refuse(context, "a document type belongs into no record");
}

struct xml *xml_parse(struct slice text, struct arena *a, struct err *e)
{
    struct builder *b = arena_take(a, sizeof *b);
    if (text.n > INT_MAX) {
        err_set(e, ERR_INPUT, "too long for XML");
        return NULL;
    }
    b->parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (!b->parser)
        abort();
    b->a = a;
    XML_SetUserData(b->parser, b);
    XML_SetElementHandler(b->parser, start, end);
    XML_SetCharacterDataHandler(b->parser, characters);
    XML_SetStartDoctypeDeclHandler(b->parser, doctype);
    bool ok = XML_Parse(b->parser, text.p, (int)text.n, 1) == XML_STATUS_OK;
    if (!ok)
        err_set(e, ERR_INPUT, "XML, line %lu: %s", XML_GetCurrentLineNumber(b->parser),
                b->refused ? b->refused : XML_ErrorString(XML_GetErrorCode(b->parser)));
    XML_ParserFree(b->parser);
    for (size_t i = 0; i < DEPTH_MOST; i++)
        buf_free(&b->levels[i].text);
    return ok ? b->root : NULL;
}

static const struct xml *from(const struct xml *x, const char *name)
{
    while (x && strcmp(x->name, name) != 0)
        x = x->next;
    return x;
}

const struct xml *xml_child(const struct xml *x, const char *name)
{
    return x ? from(x->first, name) : NULL;
}

const struct xml *xml_next(const struct xml *x)
{
    return x ? from(x->next, x->name) : NULL;
}

const char *xml_text(const struct xml *x)
{
    return x ? x->text : "";
}

const char *xml_attribute(const struct xml *x, const char *name)
{
    for (const struct xml_attribute *p = x ? x->attributes : NULL; p; p = p->next) {
        if (strcmp(p->name, name) == 0)
            return p->value;
    }
    return "";
}
