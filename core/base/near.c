#include "base/near.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 64, SLIPS_MOST = 3, PER_SLIP = 3, FRONT = 2 };

void near_start(struct near *n, struct slice typed)
{
    size_t most = (typed.n + PER_SLIP - 1) / PER_SLIP;
    *n = (struct near){typed, NULL, (most < SLIPS_MOST ? most : SLIPS_MOST) + 1};
}

static bool same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits of the front of one into the front of the other, row by row; two letters swapped are one.
 */
static size_t slips_between(struct slice a, struct slice b)
{
    size_t rows[3][LONGEST + 1] = {{0}};
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t k = 0; k <= b.n; k++)
        last[k] = k;
    for (size_t i = 1; i <= a.n; i++) {
        now[0] = i;
        for (size_t k = 1; k <= b.n; k++) {
            now[k] =
                least(least(last[k], now[k - 1]) + 1, last[k - 1] + !same(a.p[i - 1], b.p[k - 1]));
            if (i > 1 && k > 1 && same(a.p[i - 1], b.p[k - 2]) && same(a.p[i - 2], b.p[k - 1]))
                now[k] = least(now[k], before[k - 2] + 1);
        }
        size_t *spare = before;
        before = last, last = now, now = spare;
    }
    return last[b.n];
}

void near_try(struct near *n, const char *name)
{
    struct slice other = slice_of(name);
    if (n->typed.n > LONGEST || other.n > LONGEST || !n->typed.n)
        return;
    bool goes_on = n->typed.n >= FRONT && other.n > n->typed.n &&
                   slips_between(n->typed, (struct slice){name, n->typed.n}) == 0;
    size_t slips = goes_on ? 1 : slips_between(n->typed, other);
    if (slips < n->slips)
        n->name = name, n->slips = slips;
}
