/* What telephone systems write for times, numbers and durations, read for a plugin. What does not
 * fit comes back as it is: the check of the field that it is put in then names both. */
#include "runner/lent.h"

#include "base/clock.h"
#include "base/slice.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_DIGITS = 40 };

/* The text at 1, trimmed. False where there is none: nil is pushed. */
static bool get_text(lua_State *L, struct slice *out)
{
    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return false;
    }
    out->p = luaL_checklstring(L, 1, &out->n);
    *out = slice_trim(*out);
    if (!out->n)
        lua_pushnil(L);
    return out->n > 0;
}

static int as_it_is(lua_State *L)
{
    lua_pushvalue(L, 1);
    return 1;
}

/* --- times --- */

struct moment {
    int part[6]; /* year, month, day, hour, minute, second */
    char fraction[10];
};

static bool take_number(struct slice *text, size_t most, int *out)
{
    size_t n = 0;
    for (*out = 0; n < most && n < text->n && text->p[n] >= '0' && text->p[n] <= '9'; n++)
        *out = *out * 10 + (text->p[n] - '0');
    *text = (struct slice){text->p + n, text->n - n};
    return n > 0;
}

/* ".25" or ",25" behind the seconds; digits beyond the ninth are dropped. */
static void take_fraction(struct slice *text, char out[10])
{
    size_t n = 0, kept = 0;
    if (text->n < 2 || !strchr(".,", text->p[0]) || text->p[1] < '0' || text->p[1] > '9')
        return;
    for (n = 1; n < text->n && text->p[n] >= '0' && text->p[n] <= '9'; n++)
        if (kept < 9)
            out[kept++] = text->p[n];
    out[kept] = '\0';
    *text = (struct slice){text->p + n, text->n - n};
}

static bool read_moment(struct slice text, struct slice pattern, struct moment *out)
{
    static const char letters[] = "YMDhms";
    *out = (struct moment){.part = {0, 1, 1}};
    for (size_t i = 0; i < pattern.n; i++) {
        const char *letter = pattern.p[i] ? strchr(letters, pattern.p[i]) : NULL;
        size_t part = letter ? (size_t)(letter - letters) : 0;
        if (letter && !take_number(&text, part ? 2 : 4, &out->part[part]))
            return false;
        if (letter && *letter == 's')
            take_fraction(&text, out->fraction);
        if (!letter && (!text.n || text.p[0] != pattern.p[i]))
            return false;
        if (!letter)
            text = (struct slice){text.p + 1, text.n - 1};
    }
    return !text.n;
}

static int since_1970(lua_State *L)
{
    char text[CLOCK_TEXT];
    double seconds = lua_tonumber(L, 1);
    if (!(fabs(seconds) < 1e11))
        return as_it_is(L);
    clock_print(llround(seconds * 1000), text);
    lua_pushstring(L, text);
    return 1;
}

int lent_time(lua_State *L)
{
    struct slice text, pattern;
    struct moment m;
    char iso[64];
    if (lua_type(L, 1) == LUA_TNUMBER)
        return since_1970(L);
    if (!get_text(L, &text))
        return 1;
    pattern.p = luaL_checklstring(L, 2, &pattern.n);
    const char *zone = luaL_optstring(L, 3, "");
    if (!read_moment(text, pattern, &m))
        return as_it_is(L);
    snprintf(iso, sizeof iso, "%04d-%02d-%02dT%02d:%02d:%02d%s%.9s%.10s", m.part[0], m.part[1],
             m.part[2], m.part[3], m.part[4], m.part[5], m.fraction[0] ? "." : "", m.fraction,
             zone);
    lua_pushstring(L, iso);
    return 1;
}

/* --- numbers --- */

/* Without what parts thousands, and with a dot. False where a character does not belong. */
static bool plain_number(struct slice text, char decimal, char out[MOST_DIGITS])
{
    size_t n = 0;
    const char *parting = decimal == ',' ? ".'" : ",'";
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool between = i && i + 1 < text.n;
        if (c && strchr(parting, c) && between)
            continue;
        if (c == ' ' && between)
            continue;
        if (n + 1 == MOST_DIGITS || (!(c >= '0' && c <= '9') && c != '-' && c != decimal))
            return false;
        out[n++] = c == decimal ? '.' : c;
    }
    out[n] = '\0';
    return true;
}

static void push_number(lua_State *L, double v)
{
    if (v == floor(v) && fabs(v) < 0x1p53)
        lua_pushinteger(L, (lua_Integer)v);
    else
        lua_pushnumber(L, v);
}

int lent_decimal(lua_State *L)
{
    struct slice text;
    char plain[MOST_DIGITS];
    double v;
    const char *decimal = luaL_optstring(L, 2, ".");
    luaL_argcheck(L, strcmp(decimal, ".") == 0 || strcmp(decimal, ",") == 0, 2,
                  "the decimal sign is \".\" or \",\"");
    if (lua_type(L, 1) == LUA_TNUMBER)
        return as_it_is(L);
    if (!get_text(L, &text))
        return 1;
    if (!plain_number(text, decimal[0], plain) || !slice_number(slice_of(plain), &v))
        return as_it_is(L);
    push_number(L, v);
    return 1;
}

/* "1:02:03,5" in seconds; minutes and seconds below a colon are under 60. */
static bool read_duration(struct slice text, double *seconds)
{
    struct slice part, last = {"", 0};
    int64_t sum = 0, whole;
    int n = 0;
    char plain[MOST_DIGITS];
    for (struct slice rest = text; slice_cut(&rest, ':', &part); n++) {
        if (n && (!slice_integer(last, &whole) || whole < 0 || whole > (n > 1 ? 59 : 9000)))
            return false;
        sum = n ? (sum + whole) * 60 : 0;
        last = part;
    }
    if (n > 3 || last.n >= sizeof plain)
        return false;
    for (size_t i = 0; i < last.n; i++)
        plain[i] = last.p[i] == ',' ? '.' : last.p[i];
    if (!slice_number((struct slice){plain, last.n}, seconds) || *seconds < 0 ||
        (n > 1 && *seconds >= 60))
        return false;
    *seconds += (double)sum;
    return *seconds < 1e8;
}

int lent_duration(lua_State *L)
{
    struct slice text;
    double seconds;
    bool number = lua_type(L, 1) == LUA_TNUMBER;
    if (number)
        seconds = lua_tonumber(L, 1);
    else if (!get_text(L, &text))
        return 1;
    else if (!read_duration(text, &seconds))
        return as_it_is(L);
    if (!(seconds >= 0 && seconds < 1e8))
        return as_it_is(L);
    lua_pushinteger(L, llround(seconds * 1000));
    return 1;
}
