#include "cli/builtin.h"

#include "desk/cards.h"
#include "scorecards.h"

static bool publish(struct cli *c, const char *name, struct slice text, struct err *e)
{
    struct desk d;
    struct cards_check k;
    int64_t id;
    cli_desk(c, &d);
    if (!cards_check(c->runner, text, name, c->arena, &k, e))
        return false;
    if (!k.passed)
        return err_set(e, ERR_INPUT, "%s: %s", name,
                       k.report.n_faults ? k.report.faults[0].text
                                         : "a test inside the card failed");
    struct store_card kept;
    if (!cards_keep(&d, text, &k, &id, e) || !store_card_get(d.store, id, c->arena, &kept, e))
        return false;
    if (kept.state == STORE_CARD_PUBLISHED)
        return true;
    fprintf(c->problems, "Publishing %s %s\n", k.card, k.version);
    return cards_publish(&d, id, "came with the program", e);
}

enum cli_exit builtin_publish(struct cli *c, builtin_edit *edit, void *context, struct err *e)
{
    for (size_t i = 0; scorecards[i].name; i++) {
        struct slice text = {(const char *)scorecards[i].bytes, scorecards[i].size};
        if ((edit && !edit(context, scorecards[i].name, &text, e)) ||
            !publish(c, scorecards[i].name, text, e))
            return CLI_FAILED;
    }
    return CLI_DONE;
}
