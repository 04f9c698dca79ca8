/* vCon, the conversation container of the IETF, from 0.0.1 to draft-ietf-vcon-vcon-core-03: what is
 * there decides, not the version that it states.
 *
 *   who        by role (CC extension, or meta.role of 0.0.1); where nobody says, of two parties the
 *              one that began is taken for the customer, and the metadata says sides = guessed
 *   recording  the first one inside the vCon; else the first one, in the file of that name beside
 *              it, or of the vCon's own name. Where there are several, the report and the metadata
 *              `recordings` say which is kept
 *   turns      dialogs of text, and of every other dialog the first transcript among the analyses,
 *              in any form that is read here, on the time line of the recording that is kept; the
 *              parties' names, and `parties` a channel, say whose words they are
 *   times      party_history: answered when the first agent joined, and how long the customer was
 *              on hold
 *   hash       that of the recording is checked: metadata content_hash
 *
 * A signed vCon is read by its payload; the signature is not checked, since nobody here knows whose
 * key to trust: the report and the metadata `signed` say so.
 * An encrypted one is refused. One that Earshot wrote comes back as the call it was. Nothing is
 * fetched from an address: recording_location says where a recording lies that is not here.
 */
#include "ingest/record.h"
#include "ingest/vcon_read.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "ingest/who.h"
#include "ingest/written.h"

enum { PARTIES_MOST = 1000, DIALOGS_MOST = 100000 };

static bool is_plain(const struct json *j)
{
    return json_kind(j) == JSON_OBJECT && (json_get(j, "uuid") || json_get(j, "vcon")) &&
           (json_get(j, "parties") || json_get(j, "dialog") || json_get(j, "vcon"));
}

static bool is_signed(const struct json *j)
{
    return json_text(json_get(j, "payload")) && json_kind(json_get(j, "signatures")) == JSON_ARRAY;
}

static bool is_encrypted(const struct json *j)
{
    return json_text(json_get(j, "ciphertext")) &&
           (json_get(j, "protected") || json_get(j, "unprotected") || json_get(j, "recipients"));
}

static bool fits_one(const struct json *j)
{
    return is_plain(j) || is_signed(j) || is_encrypted(j);
}

static bool fits(const struct reader_input *in)
{
    return fits_one(in->json) || fits_one(in->line);
}

/* --- who is who --- */

static int side_of_role(const char *role)
{
    static const struct {
        const char *role;
        int side;
    } roles[] = {{"agent", CALL_AGENT},     {"supervisor", CALL_AGENT},  {"sme", CALL_AGENT},
                 {"ai", CALL_AGENT},        {"customer", CALL_CUSTOMER}, {"contact", CALL_CUSTOMER},
                 {"caller", CALL_CUSTOMER}, {"client", CALL_CUSTOMER}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcasecmp(roles[i].role, role) == 0)
            return roles[i].side;
    }
    return -1;
}

static const char *without_scheme(const char *address)
{
    static const char *const schemes[] = {"tel:", "sip:", "sips:", "mailto:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t n = strlen(schemes[i]);
        if (strncasecmp(address, schemes[i], n) == 0)
            return address + n;
    }
    return address;
}

static struct vcon_party read_party(const struct vcon_read *v, const struct json *p)
{
    static const char *const addresses[] = {"mailto", "tel", "sip", "id", "uuid", "did"};
    const char *role = json_get_text(p, "role", json_get_text(json_get(p, "meta"), "role", ""));
    struct vcon_party out = {side_of_role(role), json_get_text(p, "name", ""), ""};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses && !*out.address; i++)
        out.address = without_scheme(json_get_text(p, addresses[i], ""));
    if (out.side < 0)
        out.side = who_side(v->in->options, slice_of(out.name));
    if (out.side < 0)
        out.side = who_side(v->in->options, slice_of(out.address));
    return out;
}

/* The first party of what stands in `parties`, or -1. */
int64_t vcon_first_party(const struct json *list)
{
    int64_t i;
    while (json_kind(list) == JSON_ARRAY)
        list = json_first(list);
    return json_integer(list, &i) ? i : -1;
}

static int64_t originator(const struct json *dialog)
{
    int64_t i;
    return json_integer(json_get(dialog, "originator"), &i)
               ? i
               : vcon_first_party(json_get(dialog, "parties"));
}

static bool settle_sides(struct vcon_read *v, struct err *e)
{
    struct vcon_party *p = v->parties;
    if (v->n_parties != 2 || (p[0].side >= 0 && p[1].side >= 0))
        return true;
    if (p[0].side >= 0 || p[1].side >= 0) {
        size_t known = p[0].side >= 0 ? 0 : 1;
        p[1 - known].side = p[known].side == CALL_AGENT ? CALL_CUSTOMER : CALL_AGENT;
        return true;
    }
    int64_t began = v->n_dialogs ? originator(v->dialogs[0].json) : 0;
    size_t customer = began == 1 ? 1 : 0;
    p[customer].side = CALL_CUSTOMER;
    p[1 - customer].side = CALL_AGENT;
    return record_meta_text(v->d, v->a, "sides", "guessed", e);
}

static bool name_parties(struct vcon_read *v, struct err *e)
{
    bool agent = false, customer = false;
    for (size_t i = 0; i < v->n_parties; i++) {
        const struct vcon_party *p = &v->parties[i];
        const char *id = *p->address ? p->address : p->name;
        if (p->side == CALL_AGENT && !agent) {
            agent = true;
            if (!record_set_text(v->d, v->a, "agent_id", id, e) ||
                !record_set_text(v->d, v->a, "agent_name", p->name, e))
                return false;
        } else if (p->side == CALL_CUSTOMER && !customer) {
            customer = true;
            if (!record_set_text(v->d, v->a, "customer", id, e))
                return false;
        }
    }
    return true;
}

int vcon_side_at(const struct vcon_read *v, int64_t party)
{
    return party >= 0 && (size_t)party < v->n_parties && v->parties[party].side >= 0
               ? v->parties[party].side
               : CALL_SYSTEM;
}

/* --- dialogs --- */

static int by_start(const void *a, const void *b)
{
    const struct vcon_dialog *l = a, *r = b;
    if (l->start != r->start)
        return l->start < r->start ? -1 : 1;
    return l->number < r->number ? -1 : 1;
}

static bool list_dialogs(struct vcon_read *v, const struct json *list, struct err *e)
{
    size_t n = json_count(list);
    if (n > DIALOGS_MOST)
        return err_set(e, ERR_INPUT, "dialog: more than %d", DIALOGS_MOST);
    v->dialogs = arena_array(v->a, n, sizeof *v->dialogs);
    for (const struct json *d = json_first(list); d; d = json_next(d)) {
        struct vcon_dialog *to = &v->dialogs[v->n_dialogs];
        *to = (struct vcon_dialog){d, CALL_UNKNOWN, v->n_dialogs};
        if (!record_time(v->in, v->out, "start", slice_of(json_get_text(d, "start", "")),
                         &to->start, e))
            return err_within(e, "dialog[%zu]", v->n_dialogs);
        v->n_dialogs++;
    }
    qsort(v->dialogs, v->n_dialogs, sizeof *v->dialogs, by_start);
    v->places = arena_array(v->a, n, sizeof *v->places);
    for (size_t i = 0; i < v->n_dialogs; i++)
        v->places[v->dialogs[i].number] = i;
    v->began = CALL_UNKNOWN;
    for (size_t i = 0; i < v->n_dialogs && v->began == CALL_UNKNOWN; i++)
        v->began = v->dialogs[i].start;
    return true;
}

int64_t vcon_offset(const struct vcon_read *v, int64_t at)
{
    return at != CALL_UNKNOWN && v->began != CALL_UNKNOWN && at > v->began ? at - v->began : 0;
}

int64_t vcon_ms(const struct json *seconds)
{
    double s;
    return json_number(seconds, &s) && s >= 0 && s < (double)DRAFT_MS_MOST / 1000
               ? (int64_t)(s * 1000 + 0.5)
               : 0;
}

bool vcon_add_turn(struct vcon_read *v, int side, int64_t start, int64_t length, const char *text,
                   struct err *e)
{
    text = draft_clean(v->a, slice_of(text));
    if (!*text)
        return true;
    if (strlen(text) > DRAFT_TURN_MOST)
        return err_set(e, ERR_INPUT, "a text longer than %d bytes", DRAFT_TURN_MOST);
    struct call_turn *t = draft_add_turn(v->d, v->a, e);
    if (!t)
        return false;
    t->side = (enum call_side)side;
    t->start_ms = start > DRAFT_MS_MOST ? DRAFT_MS_MOST : start;
    t->end_ms = t->start_ms + length;
    t->text = text;
    return true;
}

/* Who speaks on which channel: an entry of `parties` a channel. */
static void set_channels(struct vcon_read *v, const struct json *parties)
{
    size_t n = json_kind(parties) == JSON_ARRAY ? json_count(parties) : 0;
    if (n < 1 || n > 2)
        return;
    for (size_t i = 0; i < n; i++)
        v->d->call.recording_channels[i] =
            (enum call_side)vcon_side_at(v, vcon_first_party(json_at(parties, i)));
    v->d->n_sides = n;
    v->d->sides_if_apart = true;
}

static bool is_recording(const struct vcon_dialog *d)
{
    return strcmp(json_get_text(d->json, "type", ""), "recording") == 0;
}

/* The body of a recording is never text, whatever `encoding` says or does not say. */
static struct vcon_content sound_of(const struct vcon_read *v, const struct json *dialog)
{
    struct vcon_content content = vcon_content_of(dialog, v->a);
    struct slice bytes;
    if (content.form == VCON_TEXT && base64_read(content.bytes, v->a, &bytes))
        return (struct vcon_content){VCON_BYTES, bytes, NULL};
    return content;
}

static void choose_recording(struct vcon_read *v)
{
    for (size_t i = 0; i < v->n_dialogs; i++) {
        const struct vcon_dialog *d = &v->dialogs[i];
        if (!is_recording(d))
            continue;
        bool inside = json_get(d->json, "body") != NULL;
        if (!v->kept || (inside && !json_get(v->kept->json, "body")))
            v->kept = d;
        v->recordings++;
    }
}

static bool tell_recordings(struct vcon_read *v, struct err *e)
{
    if (v->recordings < 2)
        return true;
    const char *what =
        arena_format(v->a, "%zu, only that of dialog[%zu] is kept", v->recordings, v->kept->number);
    drafts_note(v->out, v->a, "%s%srecordings: %s", v->d->place, *v->d->place ? ": " : "", what);
    return record_meta_text(v->d, v->a, "recordings", what, e);
}

static bool add_recording(struct vcon_read *v, const struct vcon_dialog *dialog, struct err *e)
{
    const struct json *j = dialog->json;
    if (dialog != v->kept)
        return true;
    struct vcon_content content = sound_of(v, j);
    v->d->sound = content.form == VCON_BYTES ? content.bytes : (struct slice){NULL, 0};
    v->d->sound_name = arena_copy(v->a, json_get_text(j, "filename", NULL));
    v->d->sound_hash = vcon_hash_of(j, v->a);
    set_channels(v, json_get(j, "parties"));
    return content.form == VCON_TEXT || content.form == VCON_JSON
               ? err_set(e, ERR_INPUT, "body: sound as base64url belongs here")
               : record_meta(v->d, v->a, "recording_location", json_get(j, "url"), e);
}

static bool add_text(struct vcon_read *v, const struct vcon_dialog *dialog, struct err *e)
{
    const struct json *j = dialog->json;
    struct vcon_content content = vcon_content_of(j, v->a);
    const char *type = json_get_text(j, "mediatype", json_get_text(j, "mimetype", ""));
    const char *mail = vcon_mail_text(type, content.bytes, v->a);
    struct buf printed = {0};
    v->d->call.channel = mail ? CALL_EMAIL : CALL_CHAT;
    v->texts += content.form != VCON_NOTHING;
    if (content.form == VCON_JSON)
        json_print(content.json, &printed);
    const char *text = mail                        ? mail
                       : content.form == VCON_JSON ? buf_text(&printed)
                                                   : arena_text(v->a, content.bytes);
    bool ok = vcon_add_turn(v, vcon_side_at(v, originator(j)), vcon_offset(v, dialog->start),
                            vcon_ms(json_get(j, "duration")), text, e);
    buf_free(&printed);
    return ok;
}

static bool add_incomplete(struct vcon_read *v, const struct json *j, struct err *e)
{
    const char *why = json_get_text(j, "disposition", "");
    v->d->call.outcome = strcmp(why, "hung-up") == 0 ? CALL_ABANDONED : CALL_UNANSWERED;
    return record_meta_text(v->d, v->a, "disposition", why, e);
}

static bool add_dialogs(struct vcon_read *v, struct err *e)
{
    choose_recording(v);
    if (v->kept)
        v->began = v->kept->start;
    for (size_t i = 0; i < v->n_dialogs; i++) {
        const struct vcon_dialog *d = &v->dialogs[i];
        const char *type = json_get_text(d->json, "type", "");
        bool ok = is_recording(d)                   ? add_recording(v, d, e)
                  : strcmp(type, "text") == 0       ? add_text(v, d, e)
                  : strcmp(type, "incomplete") == 0 ? add_incomplete(v, d->json, e)
                                                    : true;
        v->transfers += strcmp(type, "transfer") == 0;
        if (!ok)
            return err_within(e, "dialog[%zu]", d->number);
    }
    if (v->recordings)
        v->d->call.channel = CALL_VOICE;
    return true;
}

/* --- the whole --- */

static const struct json *own_analysis(const struct json *j, const char *schema)
{
    for (const struct json *x = json_first(json_get(j, "analysis")); x; x = json_next(x)) {
        if (strcmp(json_get_text(x, "vendor", ""), VCON_VENDOR) == 0 &&
            strcmp(json_get_text(x, "schema", ""), schema) == 0)
            return json_get(x, "body");
    }
    return NULL;
}

/* What Earshot wrote: the call as it was, and the recording. */
static bool read_own(struct vcon_read *v, const struct json *j, const struct json *call,
                     struct err *e)
{
    const struct json *turns = own_analysis(j, VCON_TURNS_SCHEMA);
    if (!reader_json_call(call, v->a, v->d, e))
        return false;
    if (json_get(turns, "turns") && !reader_json_turns(v->d, v->a, json_get(turns, "turns"), e))
        return false;
    for (size_t i = 0; i < v->n_dialogs; i++) {
        const struct json *d = v->dialogs[i].json;
        struct vcon_content content = vcon_content_of(d, v->a);
        if (!is_recording(&v->dialogs[i]) || content.form != VCON_BYTES)
            continue;
        v->d->sound = content.bytes;
        const struct json *sides = json_get(call, "recording_sides");
        for (size_t k = 0; k < json_count(sides) && k < 2; k++) {
            const char *name = json_text(json_at(sides, k));
            int side = call_name_index(call_side_names, name ? name : "");
            if (side >= 0)
                v->d->call.recording_channels[k] = (enum call_side)side, v->d->n_sides = k + 1;
        }
        v->d->sides_if_apart = true;
    }
    return true;
}

static void set_times(struct vcon_read *v)
{
    struct call *c = &v->d->call;
    int64_t end = CALL_UNKNOWN;
    for (size_t i = 0; i < v->n_dialogs; i++) {
        const struct vcon_dialog *d = &v->dialogs[i];
        int64_t length = vcon_ms(json_get(d->json, "duration"));
        if (d->start != CALL_UNKNOWN && d->start + length > end)
            end = d->start + length;
    }
    c->offered = v->began;
    if (v->n_dialogs && v->dialogs[0].start != CALL_UNKNOWN &&
        (v->began == CALL_UNKNOWN || v->dialogs[0].start < v->began))
        c->offered = v->dialogs[0].start;
    c->ended = end >= c->offered ? end : CALL_UNKNOWN;
    if (v->recordings)
        c->answered = v->began;
    else if (c->n_turns && c->channel != CALL_VOICE && v->texts)
        written_times(v->d, v->began, NULL);
}

static bool add_facts(struct vcon_read *v, const struct json *j, struct err *e)
{
    struct draft *d = v->d;
    const char *way = json_get_text(json_get(j, "meta"), "direction", "");
    for (size_t i = 0; i < v->n_dialogs && !*way; i++)
        way = json_get_text(json_get(v->dialogs[i].json, "meta"), "direction", "");
    if (strncmp(way, "out", 3) == 0)
        d->call.direction = CALL_OUTBOUND;
    const char *before = json_get_text(json_get(j, "amended"), "uuid",
                                       json_get_text(json_get(j, "appended"), "uuid", ""));
    return record_meta(d, v->a, "subject", json_get(j, "subject"), e) &&
           record_meta_text(d, v->a, "amends", before, e) &&
           record_meta(d, v->a, "redacts", json_path(j, "redacted.uuid"), e) &&
           tell_recordings(v, e) &&
           (!v->transfers || record_meta_number(d, v->a, "transfers", (int64_t)v->transfers, e));
}

static bool read_foreign(struct vcon_read *v, const struct json *j, struct err *e)
{
    const struct json *parties = json_get(j, "parties");
    size_t n = json_count(parties);
    if (n > PARTIES_MOST)
        return err_set(e, ERR_INPUT, "parties: more than %d", PARTIES_MOST);
    v->parties = arena_array(v->a, n, sizeof *v->parties);
    for (const struct json *p = json_first(parties); p; p = json_next(p))
        v->parties[v->n_parties++] = read_party(v, p);
    return record_set(v->d, v->a, "key", json_get(j, "uuid"), e) && settle_sides(v, e) &&
           name_parties(v, e) && add_dialogs(v, e) &&
           vcon_add_transcripts(v, json_get(j, "analysis"), e) &&
           (set_times(v), vcon_add_history(v, e)) && vcon_add_contact(v, e) && add_facts(v, j, e);
}

static bool read_plain(struct vcon_read *v, const struct json *j, struct err *e)
{
    const struct json *call = own_analysis(j, VCON_CALL_SCHEMA);
    if (!vcon_check(j, e) || !list_dialogs(v, json_get(j, "dialog"), e))
        return false;
    return call ? read_own(v, j, call, e) : read_foreign(v, j, e);
}

static bool read_signed(struct vcon_read *v, const struct json *j, struct err *e)
{
    struct slice payload;
    if (!base64_read(slice_of(json_get_text(j, "payload", "")), v->a, &payload))
        return err_set(e, ERR_INPUT, "payload: base64url belongs here");
    struct json *inside = json_parse(payload, JSON_DEPTH, e);
    bool ok = inside && (is_plain(inside) ||
                         err_set(e, ERR_INPUT, "payload: no vCon is in this signed file"));
    ok = ok && read_plain(v, inside, e) &&
         record_meta_text(v->d, v->a, "signed", "yes, not checked", e);
    json_free(inside);
    if (!ok)
        return err_within(e, "payload");
    drafts_note(v->out, v->a, "%s%ssigned; the signature was not checked", v->d->place,
                *v->d->place ? ": " : "");
    return true;
}

static bool read_one(const struct reader_input *in, struct drafts *out, const struct json *j,
                     struct arena *a, struct draft *d, struct err *e)
{
    struct vcon_read v = {.in = in, .out = out, .a = a, .d = d, .began = CALL_UNKNOWN};
    if (is_encrypted(j))
        return err_set(e, ERR_INPUT,
                       "an encrypted vCon (JWE); decrypt it first, with the key of its owner");
    return is_signed(j)  ? read_signed(&v, j, e)
           : is_plain(j) ? read_plain(&v, j, e)
                         : err_set(e, ERR_INPUT, "no vCon: uuid and parties belong here");
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    if (!in->json)
        return record_values(in, a, out, read_one, e);
    struct draft *d = draft_new(out, a);
    d->call.source = in->source;
    if (!read_one(in, out, in->json, a, d, e) || !draft_check(d, e))
        return false;
    return record_done(out, a, e);
}

const struct reader reader_vcon = {
    {"vcon",
     "vCon from 0.0.1 to draft 03, signed ones too; a call with its recording and its words",
     "{\"uuid\": \"0193db2c-2bf7-88a3-9dd8-dd37220d739c\", \"parties\": [...], \"dialog\": [...]}"},
    READER_METADATA,
    fits,
    read};
