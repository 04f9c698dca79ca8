/* SIPREC recording metadata: the application/rs-metadata+xml part of an INVITE (multipart/mixed
 * with an SDP part), or that XML alone.
 *
 * Both RFC 7865 (session_id, participant_id, associations apart) and what came before it (id,
 * <send> inside the participant) are read. It began when the session says it, else when the first
 * of its associations (with the recording, the participants, the group) says it. The key is the
 * session's id. A <callingParty> of true (Acme) says who is the customer; otherwise nobody does,
 * and both addresses are in the metadata `participants` with the labels of their streams in the
 * SDP.
 */
#define _GNU_SOURCE
#include "ingest/record.h"

#include <string.h>

#include "ingest/xml.h"

enum { LOOKED_AT = 65536, PEOPLE_MOST = 32, STREAMS_MOST = 200, PREFIX_MOST = 20 };

/* Where the root element begins ("<recording", with a prefix or not); NULL where it is not. */
static const char *find_root(struct slice s)
{
    static const char name[] = "recording";
    for (const char *at = s.p, *end = s.p + s.n; (at = memmem(at, (size_t)(end - at), name, 9));
         at++) {
        const char *open = at;
        while (open > s.p && at - open < PREFIX_MOST && open[-1] != '<' && open[-1] > ' ')
            open--;
        bool prefixed = open == at || at[-1] == ':';
        if (open > s.p && open[-1] == '<' && prefixed && *open != '/' && *open != '?')
            return open - 1;
    }
    return NULL;
}

/* Behind the end tag whose name stands at `at` ("</rs:recording>"); NULL where that is none. */
static const char *end_tag(const char *at, const char *first, const char *last)
{
    const char *from = at - first < PREFIX_MOST ? first : at - PREFIX_MOST;
    const char *slash = memrchr(from, '/', (size_t)(at - from));
    if (!slash || slash == first || slash[-1] != '<')
        return NULL;
    for (at += strlen("recording"); at<last && * at> 0 && *at <= ' '; at++)
        ;
    return at < last && *at == '>' ? at + 1 : NULL;
}

/* The metadata element inside whatever stands around it. */
static struct slice find_metadata(struct slice bytes)
{
    const char *root = find_root(bytes), *end = NULL;
    const char *last = bytes.p + bytes.n;
    for (const char *at = root; at && (at = memmem(at, (size_t)(last - at), "recording", 9));
         at++) {
        const char *behind = end_tag(at, root, last);
        end = behind ? behind : end;
    }
    return end ? (struct slice){root, (size_t)(end - root)} : (struct slice){NULL, 0};
}

static bool fits(const struct reader_input *in)
{
    struct slice head = {in->bytes.p, in->bytes.n < LOOKED_AT ? in->bytes.n : LOOKED_AT};
    return !in->json && !in->line && find_root(head) &&
           (memmem(head.p, head.n, "urn:ietf:params:xml:ns:recording", 32) ||
            memmem(head.p, head.n, "urn:ietf:params:xml:ns:siprec", 29));
}

static const char *id_of(const struct xml *x, const char *new_name)
{
    const char *id = xml_attribute(x, new_name);
    return *id ? id : xml_attribute(x, "id");
}

/* Labels of the streams that this participant sends. */
static const char *labels_of(const struct xml *root, const struct xml *participant, const char *id,
                             struct arena *a)
{
    const struct xml *sends = participant;
    const char *labels = "";
    for (const struct xml *s = xml_child(root, "participantstreamassoc"); s; s = xml_next(s)) {
        if (strcmp(xml_attribute(s, "participant_id"), id) == 0)
            sends = s;
    }
    size_t n = 0;
    for (const struct xml *send = xml_child(sends, "send"); send && n < STREAMS_MOST;
         send = xml_next(send), n++) {
        size_t k = 0;
        for (const struct xml *s = xml_child(root, "stream"); s && k < STREAMS_MOST;
             s = xml_next(s), k++) {
            if (strcmp(id_of(s, "stream_id"), send->text) == 0 && strlen(labels) < 200)
                labels = arena_format(a, "%s%s%s", labels, *labels ? "," : "",
                                      xml_text(xml_child(s, "label")));
        }
    }
    return labels;
}

/* "sip:7301@192.0.2.1" without its scheme. */
static const char *address_of(const struct xml *participant)
{
    const char *aor = xml_attribute(xml_child(participant, "nameID"), "aor");
    return strncmp(aor, "sip:", 4) == 0 || strncmp(aor, "tel:", 4) == 0 ? aor + 4 : aor;
}

static bool add_people(const struct xml *root, struct arena *a, struct draft *d, struct err *e)
{
    struct json *list = json_array();
    const char *calling = "", *other = "";
    size_t n = 0;
    for (const struct xml *p = xml_child(root, "participant"); p && n < PEOPLE_MOST;
         p = xml_next(p), n++) {
        struct json *one = json_object();
        const char *id = id_of(p, "participant_id");
        const char *flag = xml_text(xml_child(xml_child(p, "extensiondata"), "callingParty"));
        json_put_text(one, "address", address_of(p));
        json_put_text(one, "name", xml_text(xml_child(xml_child(p, "nameID"), "name")));
        json_put_text(one, "label", labels_of(root, p, id, a));
        if (strcmp(flag, "true") == 0)
            calling = address_of(p);
        else if (strcmp(flag, "false") == 0)
            other = address_of(p);
        json_push(list, one);
    }
    return record_meta_list(d, a, "participants", list, e) &&
           (!*calling || !*other ||
            (record_set_text(d, a, "customer", calling, e) &&
             record_set_text(d, a, "agent_id", other, e)));
}

struct reading {
    const struct reader_input *in;
    struct drafts *out;
    const struct xml *root;
    const char *id; /* of the session */
};

/* The earliest time of this name among the elements that belong to the session; *ms stays where it
 * is known already. */
static bool find_time(const struct reading *r, const char *element, const char *name, int64_t *ms,
                      struct err *e)
{
    int64_t found = CALL_UNKNOWN, at;
    for (const struct xml *x = xml_child(r->root, element); x; x = xml_next(x)) {
        bool session = strcmp(element, "session") == 0;
        const char *of = session ? id_of(x, "session_id") : xml_attribute(x, "session_id");
        if (*of && strcmp(of, r->id) != 0)
            continue;
        if (!record_time(r->in, r->out, name, slice_of(xml_text(xml_child(x, name))), &at, e))
            return false;
        if (at != CALL_UNKNOWN && (found == CALL_UNKNOWN || at < found))
            found = at;
    }
    if (*ms == CALL_UNKNOWN)
        *ms = found;
    return true;
}

static bool find_times(const struct reading *r, struct call *c, struct err *e)
{
    return find_time(r, "session", "start-time", &c->offered, e) &&
           find_time(r, "session", "associate-time", &c->offered, e) &&
           find_time(r, "sessionrecordingassoc", "associate-time", &c->offered, e) &&
           find_time(r, "participantsessionassoc", "associate-time", &c->offered, e) &&
           find_time(r, "group", "associate-time", &c->offered, e) &&
           find_time(r, "session", "stop-time", &c->ended, e) &&
           find_time(r, "sessionrecordingassoc", "disassociate-time", &c->ended, e);
}

static bool read_session(const struct reader_input *in, const struct xml *root, struct arena *a,
                         struct drafts *out, struct err *e)
{
    const struct xml *session = xml_child(root, "session");
    struct draft *d = draft_new(out, a);
    d->call.source = in->source;
    if (!session || !*id_of(session, "session_id"))
        return err_set(e, ERR_INPUT,
                       "the metadata names no session; is it damaged, or only an update?");
    const char *sip = xml_text(xml_child(session, "sipSessionID"));
    const struct reading r = {in, out, root, id_of(session, "session_id")};
    return record_set_text(d, a, "key", r.id, e) && find_times(&r, &d->call, e) &&
           record_meta_text(d, a, "sip_session", sip, e) && add_people(root, a, d, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct slice text = find_metadata(in->bytes);
    if (!text.p)
        return err_set(e, ERR_INPUT, "the metadata part is not closed");
    const struct xml *root = xml_parse(text, a, e);
    return root && read_session(in, root, a, out, e) && record_done(out, a, e);
}

const struct reader reader_siprec = {
    {"siprec", "SIPREC recording metadata, alone or in the INVITE that brought it",
     "<recording xmlns='urn:ietf:params:xml:ns:recording:1'><session "
     "session_id=\"kQ\"/>...</recording>"},
    READER_METADATA,
    fits,
    read};
