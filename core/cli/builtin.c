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
    return cards_keep(&d, text, &k, &id, e) && cards_publish(&d, id, "came with the program", e);
}

enum cli_exit builtin_publish(struct cli *c, struct err *e)
{
    for (size_t i = 0; scorecards[i].name; i++) {
        struct slice text = {(const char *)scorecards[i].bytes, scorecards[i].size};
        if (!publish(c, scorecards[i].name, text, e))
            return CLI_FAILED;
        fprintf(c->problems, "Published %s\n", scorecards[i].name);
    }
    return CLI_DONE;
}
