#include "cli/progress.h"

enum { WIDTH = 30, DRAW_EVERY_MS = 100, SAY_EVERY_MS = 10000 };

void progress_start(struct progress *p, struct cli *c, const char *what)
{
    int64_t now = clock_monotonic();
    *p = (struct progress){c, what, c->terminal ? now - DRAW_EVERY_MS : now, 0};
}

static void draw(struct progress *p, size_t done, size_t all)
{
    int64_t now = clock_monotonic();
    if (done < all && now - p->drawn_at < DRAW_EVERY_MS)
        return;
    p->drawn_at = now;
    size_t filled = done * WIDTH / all;
    char bar[WIDTH + 1] = {0};
    for (size_t i = 0; i < WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
    fprintf(p->cli->problems, "\r%s [%s] %zu of %zu", p->what, bar, done, all);
    fflush(p->cli->problems);
}

static void say(struct progress *p, size_t done, size_t all)
{
    int tenth = (int)(done * 10 / all);
    int64_t now = tenth > p->tenth ? clock_monotonic() : p->drawn_at;
    if (now - p->drawn_at < SAY_EVERY_MS)
        return;
    p->tenth = tenth, p->drawn_at = now;
    fprintf(p->cli->problems, "%s: %zu of %zu\n", p->what, done, all);
    fflush(p->cli->problems);
}

void progress_show(struct progress *p, size_t done, size_t all)
{
    if (!all)
        return;
    if (p->cli->terminal)
        draw(p, done, all);
    else
        say(p, done, all);
}

void progress_end(struct progress *p)
{
    if (p->cli->terminal)
        fprintf(p->cli->problems, "\r\033[K");
    fflush(p->cli->problems);
}
