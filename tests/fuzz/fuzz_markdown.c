#define _GNU_SOURCE
/* What a person wrote, and a value of a call, on a page: nothing in them may become markup. */
#include "fuzz.h"
#include "render/page.h"

#include "base/utf8.h"

#include <string.h>

static const char page[] = "# {{title}}\n\n[x](/calls/{{title}})\n\n```markdown note\n```\n\n"
                           "*{{title}}*\n";
static const struct page_frame frame = {.title = "x",
                                        .language = "en",
                                        .user = "",
                                        .role = "",
                                        .user_key = "",
                                        .token = "",
                                        .status = "",
                                        .current = "",
                                        .version = "",
                                        .style = "/s.css",
                                        .navigation = (const struct page_option[]){{NULL}}};

static void harmless(const char *html)
{
    static const char *const never[] = {"<script",
                                        "<iframe",
                                        "<style",
                                        "<object",
                                        "<svg",
                                        "<base",
                                        "<form",
                                        "href=\"javascript:",
                                        "href=\"data:",
                                        "href=\"vbscript:",
                                        "src=\"http",
                                        "src=\"//",
                                        "src=\"data:",
                                        "<meta http",
                                        NULL};
    for (size_t i = 0; never[i]; i++)
        if (strcasestr(html, never[i])) {
            fprintf(stderr, "%s in %s\n", never[i], html);
            fuzz_must(!"harmless");
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct page_view *v = page_view_new(a);
    struct buf text = {0}, out = {0};
    struct err e = {0};
    utf8_clean(&text, fuzz_bytes(data, size));
    page_put_markdown(v, "note", buf_text(&text));
    page_put_text(v, "title", buf_text(&text));
    fuzz_must(page_render(slice_of(page), v, &frame, &out, &e));
    fuzz_must(utf8_valid(buf_all(&out)));
    harmless(buf_text(&out));
    buf_free(&text);
    buf_free(&out);
    arena_close(a);
    return 0;
}
