#include "cli/builtin.h"

#include "desk/cards.h"
#include "scorecards.h"

const char *builtin_card(size_t i, struct slice *text)
{
    *text = (struct slice){(const char *)scorecards[i].bytes, scorecards[i].size};
    return scorecards[i].name;
}

bool builtin_keep(struct cli *c, struct desk *d, const char *name, struct slice text, int64_t *id,
                  struct err *e)
{
    struct cards_check k;
    if (!cards_check(c->runner, text, name, c->arena, &k, e))
        return false;
    if (!k.passed)
        return err_set(e, ERR_INPUT, "%s: %s", name,
                       k.report.n_faults ? k.report.faults[0].text
                                         : "a test inside the card failed");
    return cards_keep(d, text, &k, id, e);
}
