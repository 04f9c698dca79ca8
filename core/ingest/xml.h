/* xml: small documents as a tree, behind which the library can change (today expat).
 *
 * Names stand without their namespace and its prefix; a document type is refused, so that no entity
 * is ever expanded; nesting is bounded.
 */
#ifndef INGEST_XML_H
#define INGEST_XML_H

#include "base/arena.h"
#include "base/err.h"

struct xml_attribute {
    const char *name, *value;
    const struct xml_attribute *next;
};

struct xml {
    const char *name;  /* "session" */
    const char *space; /* its namespace, "" where none */
    const char *text;  /* all characters right inside it, trimmed */
    const struct xml_attribute *attributes;
    struct xml *first, *last, *next; /* children; the next of the same parent */
    struct xml *parent;
};

/* The root element, in `a`; NULL with the line of the fault in `e`. */
struct xml *xml_parse(struct slice text, struct arena *a, struct err *e);

/* All of these take NULL. */
const struct xml *xml_child(const struct xml *x, const char *name); /* the first of this name */
const struct xml *xml_next(const struct xml *x); /* the next of the same name and parent */
const char *xml_text(const struct xml *x);       /* "" for NULL */
const char *xml_attribute(const struct xml *x, const char *name); /* "" where absent */

#endif
