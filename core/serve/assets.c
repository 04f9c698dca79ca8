#include "serve/assets.h"

#include "web_pages.h"
#include "web_static.h"

#include <string.h>

/* "card" of "card.md"; 0 where the file is no page. */
static size_t page_name_length(const char *file)
{
    size_t n = strlen(file);
    return n > 3 && strcmp(file + n - 3, ".md") == 0 ? n - 3 : 0;
}

struct slice assets_page(const char *name)
{
    for (size_t i = 0; web_pages[i].name; i++) {
        size_t n = page_name_length(web_pages[i].name);
        if (n && n == strlen(name) && memcmp(web_pages[i].name, name, n) == 0)
            return (struct slice){(const char *)web_pages[i].bytes, web_pages[i].size};
    }
    return (struct slice){0};
}

struct slice assets_static(const char *name)
{
    for (size_t i = 0; web_static[i].name; i++) {
        if (strcmp(web_static[i].name, name) == 0)
            return (struct slice){(const char *)web_static[i].bytes, web_static[i].size};
    }
    return (struct slice){0};
}

/* The bundler writes "-", eight capitals or digits, and the end: app-1A2B3C4D.js. */
bool assets_is_hashed(const char *name)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const char *dash = strrchr(name, '-');
    return dash && strspn(dash + 1, signs) == 8 && dash[9] == '.';
}

const char *assets_type(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".json", "application/json; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
    };
    const char *end = strrchr(name, '.');
    for (size_t i = 0; end && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].end, end) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}
