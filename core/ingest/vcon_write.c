#include "ingest/vcon_write.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/hash.h"
#include "ingest/call_json.h"
#include "ingest/vcon.h"

enum { UUID_TEXT = 37 };

/* Version 8: of the hash of source and key. */
static void make_uuid(const struct call *c, char out[UUID_TEXT])
{
    unsigned char b[HASH_RAW_256];
    struct buf key = {0};
    buf_add(&key, c->source, strlen(c->source) + 1);
    buf_str(&key, c->source_key);
    hash_raw_256(buf_all(&key), b);
    buf_free(&key);
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x80);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    snprintf(out, UUID_TEXT, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
             b[14], b[15]);
}

static void put_time(struct json *j, const char *name, int64_t ms)
{
    char text[CLOCK_TEXT];
    clock_print(ms, text);
    json_put_text(j, name, text);
}

/* As what the address looks like; anything else is only a name. */
static void put_address(struct json *party, const char *address)
{
    size_t digits = strspn(address, "+0123456789");
    if (strchr(address, '@'))
        json_put_text(party, strncmp(address, "sip:", 4) == 0 ? "sip" : "mailto", address);
    else if (digits >= 3 && !address[digits])
        json_put_text(party, "tel", address);
}

static struct json *party_of(const char *role, const char *name, const char *address)
{
    struct json *p = json_object();
    put_address(p, address);
    json_put_text(p, "name", *name ? name : address);
    json_put_text(p, "role", role);
    return p;
}

/* Parties 0 agent, 1 customer, as the sides are numbered; 2 the machine, where it speaks. */
static struct json *parties_of(const struct call *c)
{
    struct json *list = json_array();
    bool machine = false;
    for (size_t i = 0; i < c->n_turns; i++)
        machine |= c->turns[i].side == CALL_SYSTEM;
    json_push(list, party_of("agent", c->agent_name, c->agent_id));
    json_push(list, party_of("customer", "", c->customer));
    if (machine) {
        struct json *p = json_object();
        json_put_text(p, "name", "system");
        json_put_text(p, "type", "bot");
        json_push(list, p);
    }
    return list;
}

static struct json *numbers(int first, int second)
{
    struct json *list = json_array();
    json_push(list, json_new_number(first));
    if (second >= 0)
        json_push(list, json_new_number(second));
    return list;
}

static int64_t start_of(const struct call *c, int64_t now)
{
    return c->answered != CALL_UNKNOWN  ? c->answered
           : c->offered != CALL_UNKNOWN ? c->offered
           : c->ended != CALL_UNKNOWN   ? c->ended
                                        : now;
}

static struct json *dialog_of(const char *type, int64_t start, int64_t length)
{
    struct json *d = json_object();
    json_put_text(d, "type", type);
    put_time(d, "start", start);
    if (length >= 0)
        json_put_number(d, "duration", (double)length / 1000);
    return d;
}

static struct json *recording_of(const struct call *c, const struct vcon_sound *sound, int64_t now)
{
    struct buf body = {0};
    struct json *d = dialog_of("recording", start_of(c, now), c->recording_ms);
    const enum call_side *sides = c->recording_channels;
    bool apart = c->recording_n_channels == 2 && sides[0] < CALL_SYSTEM && sides[1] < CALL_SYSTEM;
    bool one = c->recording_n_channels == 1 && sides[0] < CALL_SYSTEM;
    json_put(d, "parties",
             apart ? numbers((int)sides[0], (int)sides[1])
             : one ? numbers((int)sides[0], -1)
                   : numbers(CALL_AGENT, CALL_CUSTOMER));
    json_put_number(d, "originator", c->direction == CALL_OUTBOUND ? CALL_AGENT : CALL_CUSTOMER);
    json_put_text(d, "mediatype",
                  strcmp(sound->mime, "audio/wav") == 0    ? "audio/x-wav"
                  : strcmp(sound->mime, "audio/mpeg") == 0 ? "audio/x-mp3"
                                                           : sound->mime);
    base64_write(sound->bytes, &body);
    json_put_text(d, "encoding", "base64url");
    json_put_text(d, "body", buf_text(&body));
    buf_free(&body);
    return d;
}

static void add_texts(struct json *dialogs, const struct call *c, int64_t now)
{
    int64_t base = c->offered != CALL_UNKNOWN ? c->offered : start_of(c, now);
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        struct json *d = dialog_of("text", base + t->start_ms, t->end_ms - t->start_ms);
        json_put(d, "parties",
                 numbers((int)t->side, t->side == CALL_AGENT ? CALL_CUSTOMER : CALL_AGENT));
        json_put_number(d, "originator", t->side);
        json_put_text(d, "mediatype", "text/plain");
        json_put_text(d, "encoding", "none");
        json_put_text(d, "body", t->text);
        json_push(dialogs, d);
    }
}

static struct json *dialogs_of(const struct call *c, const struct vcon_sound *sound, int64_t now)
{
    struct json *list = json_array();
    bool missed = c->outcome == CALL_ABANDONED || c->outcome == CALL_UNANSWERED;
    if (sound->bytes.n) {
        json_push(list, recording_of(c, sound, now));
    } else if (c->channel == CALL_VOICE && missed) {
        struct json *d = dialog_of("incomplete", start_of(c, now), -1);
        json_put(d, "parties", numbers(CALL_CUSTOMER, CALL_AGENT));
        json_put_text(d, "disposition", c->outcome == CALL_ABANDONED ? "hung-up" : "no-answer");
        json_push(list, d);
    }
    if (c->channel != CALL_VOICE)
        add_texts(list, c, now);
    return list;
}

static struct json *analysis_of(const char *type, const char *schema, struct json *body)
{
    struct json *x = json_object();
    json_put_text(x, "type", type);
    json_put_text(x, "vendor", VCON_VENDOR);
    json_put_text(x, "product", "earshot");
    json_put_text(x, "schema", schema);
    json_put_text(x, "encoding", "json");
    json_put(x, "body", body);
    return x;
}

static struct json *analyses_of(const struct call *c)
{
    struct json *list = json_array(), *turns = json_object();
    json_push(list, analysis_of("report", VCON_CALL_SCHEMA, call_json(c)));
    json_put(turns, "turns", call_json_turns(c));
    if (c->n_turns)
        json_push(list, analysis_of("transcript", VCON_TURNS_SCHEMA, turns));
    else
        json_free(turns);
    return list;
}

void vcon_write(const struct call *c, const struct vcon_sound *sound, int64_t now, struct buf *out)
{
    char uuid[UUID_TEXT];
    struct json *j = json_object(), *extensions = json_array();
    make_uuid(c, uuid);
    json_push(extensions, json_new_text("CC"));
    json_put_text(j, "uuid", uuid);
    json_put(j, "extensions", extensions);
    put_time(j, "created_at", now);
    json_put(j, "parties", parties_of(c));
    json_put(j, "dialog", dialogs_of(c, sound, now));
    json_put(j, "analysis", analyses_of(c));
    json_print(j, out);
    json_free(j);
}
