#define _GNU_SOURCE
/* FreeSWITCH mod_xml_cdr: one <cdr> a file. What it means: freeswitch.h. Values are usually
 * percent-encoded; <callflow> is repeated, the last profile first. */
#include "ingest/freeswitch.h"

#include <string.h>

#include "ingest/xml.h"

static bool fits(const struct reader_input *in)
{
    struct slice head = {in->bytes.p, in->bytes.n < 1000 ? in->bytes.n : 1000};
    struct slice text = slice_trim(head);
    return (slice_starts(text, "<?xml") || slice_starts(text, "<cdr")) &&
           memmem(text.p, text.n, "<cdr", 4);
}

static const char *variable(const void *context, const char *name, struct arena *a)
{
    return freeswitch_decode(xml_text(xml_child(xml_child(context, "variables"), name)), a);
}

static const char *profile(const void *context, const char *name, struct arena *a)
{
    const struct xml *from = xml_child(context, "callflow");
    struct slice rest = slice_of(name), part;
    if (!from)
        from = context;
    while (from && slice_cut(&rest, '.', &part))
        from = xml_child(from, arena_text(a, part));
    return freeswitch_decode(xml_text(from), a);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    const struct xml *root = xml_parse(in->bytes, a, e);
    if (!root)
        return false;
    struct draft *d = draft_new(out, a);
    struct freeswitch f = {variable, profile, root};
    d->call.source = in->source;
    if (strcmp(root->name, "cdr") != 0)
        return err_set(e, ERR_INPUT, "<%.40s>: a <cdr> belongs here", root->name);
    return freeswitch_read(&f, a, d, e) && draft_check(d, e);
}

const struct reader reader_freeswitch_xml = {
    {"freeswitch-xml", "FreeSWITCH call records as XML (mod_xml_cdr)",
     "<?xml version=\"1.0\"?><cdr "
     "core-uuid=\"eb\"><variables><uuid>3d</uuid>...</variables></cdr>"},
    READER_METADATA,
    fits,
    read};
