#include "ingest/vcon.h"

#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/hash.h"
#include "ingest/mail.h"

struct vcon_content vcon_content_of(const struct json *part, struct arena *a)
{
    const struct json *body = json_get(part, "body");
    const char *text = json_text(body);
    struct slice bytes;
    if (json_kind(body) >= JSON_ARRAY)
        return (struct vcon_content){VCON_JSON, {NULL, 0}, body};
    if (!text || !*text)
        return (struct vcon_content){0};
    if (strcmp(json_get_text(part, "encoding", ""), "base64url") == 0 &&
        base64_read(slice_of(text), a, &bytes))
        return (struct vcon_content){VCON_BYTES, bytes, NULL};
    return (struct vcon_content){VCON_TEXT, slice_of(text), NULL};
}

const char *vcon_hash_of(const struct json *part, struct arena *a)
{
    const struct json *hash = json_get(part, "content_hash");
    const char *text = json_text(json_kind(hash) == JSON_ARRAY ? json_first(hash) : hash);
    const char *alg = json_get_text(part, "alg", ""),
               *signature = json_get_text(part, "signature", "");
    if (text && *text)
        return arena_copy(a, text);
    if (!*signature)
        return NULL;
    bool is_512 = strcasecmp(alg, "SHA-512") == 0 || strcasecmp(alg, "sha512") == 0;
    bool is_256 = strcasecmp(alg, "SHA-256") == 0 || strcasecmp(alg, "sha256") == 0;
    return arena_format(a, "%s-%s", is_512 ? "sha512" : is_256 ? "sha256" : alg, signature);
}

const char *vcon_check_hash(const char *stated, struct slice bytes, struct arena *a)
{
    unsigned char digest[HASH_RAW_512];
    struct slice wanted;
    bool is_512 = strncasecmp(stated, "sha512-", 7) == 0;
    if (!is_512 && strncasecmp(stated, "sha256-", 7) != 0)
        return "of a kind that is not checked here";
    if (!base64_read(slice_of(stated + 7), a, &wanted))
        return "does not match";
    if (is_512)
        hash_raw_512(bytes, digest);
    else
        hash_raw_256(bytes, digest);
    struct slice found = {(const char *)digest, is_512 ? HASH_RAW_512 : HASH_RAW_256};
    return slice_equal(found, wanted) ? "matches" : "does not match";
}

const char *vcon_mail_text(const char *mediatype, struct slice body, struct arena *a)
{
    struct mail mail;
    bool parts = strncasecmp(mediatype, "multipart/", 10) == 0;
    if (!parts && strncasecmp(mediatype, "message/", 8) != 0)
        return NULL;
    const char *whole = parts ? arena_format(a, "MIME-Version: 1.0\r\nContent-Type: %s\r\n\r\n%.*s",
                                             mediatype, (int)body.n, body.p)
                              : arena_text(a, body);
    return mail_parse(slice_of(whole), a, &mail) && mail.text ? mail.text : "";
}

/* --- checking --- */

static bool is_media_type(const char *text)
{
    size_t n = strcspn(text, ";"), slash = 0;
    for (size_t i = 0; i < n; i++) {
        bool end = strspn(text + i, " \t\r\n") >= n - i;
        if (end)
            break;
        slash += text[i] == '/';
        if (text[i] <= ' ' || strchr("()<>@,\"[]?=!\\:", text[i]))
            return false;
    }
    return slash == 1 && text[0] != '/';
}

static bool is_address(const char *url)
{
    const char *colon = strstr(url, "://");
    return colon && colon > url && colon[3] && !strpbrk(url, " \t\r\n<>\"");
}

static bool check_party(const struct json *v, size_t parties, const char *name, struct err *e)
{
    int64_t i;
    if (json_kind(v) == JSON_NULL)
        return true;
    if (json_kind(v) == JSON_ARRAY) {
        for (const struct json *m = json_first(v); m; m = json_next(m)) {
            if (!check_party(m, parties, name, e))
                return false;
        }
        return true;
    }
    if (!json_integer(v, &i))
        return err_set(e, ERR_INPUT, "%s: numbers of parties belong here", name);
    return (i >= 0 && (size_t)i < parties) ||
           err_set(e, ERR_INPUT, "%s: %lld is no party; there are %zu", name, (long long)i,
                   parties);
}

static bool check_content(const struct json *part, struct err *e)
{
    static const char *const types[] = {"mediatype", "mimetype"};
    const struct json *url = json_get(part, "url");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const struct json *type = json_get(part, types[i]);
        const char *text = json_text(type);
        if (json_kind(type) != JSON_NULL && (!text || !is_media_type(text)))
            return err_set(e, ERR_INPUT, "%s: \"%.40s\" is no media type", types[i],
                           text ? text : "a number");
    }
    return json_kind(url) == JSON_NULL ||
           (json_text(url) && (!*json_text(url) || is_address(json_text(url)))) ||
           err_set(e, ERR_INPUT, "url: \"%.60s\" is no address",
                   json_text(url) ? json_text(url) : "");
}

static bool check_dialog(const struct json *d, size_t parties, struct err *e)
{
    double seconds;
    const struct json *length = json_get(d, "duration");
    if (json_kind(d) != JSON_OBJECT)
        return err_set(e, ERR_INPUT, "an object belongs here");
    if (json_kind(length) != JSON_NULL &&
        (!json_number(length, &seconds) || seconds < 0 || seconds > 366 * 86400.0))
        return err_set(e, ERR_INPUT, "duration: seconds belong here");
    return check_party(json_get(d, "parties"), parties, "parties", e) &&
           check_party(json_get(d, "originator"), parties, "originator", e) && check_content(d, e);
}

static bool check_list(const struct json *vcon, const char *name, struct err *e)
{
    const struct json *list = json_get(vcon, name);
    enum json_kind kind = json_kind(list);
    return kind == JSON_NULL || kind == JSON_ARRAY ||
           err_set(e, ERR_INPUT, "%s: a list belongs here", name);
}

static bool check_critical(const struct json *vcon, struct err *e)
{
    for (const struct json *m = json_first(json_get(vcon, "critical")); m; m = json_next(m)) {
        const char *name = json_text(m);
        if (!name || strcasecmp(name, "CC") != 0)
            return err_set(e, ERR_INPUT,
                           "critical: it may only be read by who knows the extension \"%.60s\"",
                           name ? name : "");
    }
    return true;
}

bool vcon_check(const struct json *vcon, struct err *e)
{
    static const char *const lists[] = {"parties", "dialog", "analysis", "attachments", "critical"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (!check_list(vcon, lists[i], e))
            return false;
    }
    if (!check_critical(vcon, e))
        return false;
    size_t parties = json_count(json_get(vcon, "parties")), i = 0;
    for (const struct json *d = json_first(json_get(vcon, "dialog")); d; d = json_next(d), i++) {
        if (!check_dialog(d, parties, e))
            return err_within(e, "dialog[%zu]", i);
    }
    return true;
}
