#include "render/block.h"
#include "render/field.h"

/* What fits into one line beside the heading. */
static const struct fact {
    const char *field, *label;
} facts[] = {
    {"agent", "Agent"},           {"team", "Team"},       {"type", "Type"},
    {"channel", "Channel"},       {"queue", "Queue"},     {"date", "Date"},
    {"length", "Length"},         {"hold", "Hold"},       {"outcome", "Outcome"},
    {"wrap_up", "Wrap-up"},       {"rang", "Wait"},       {"first_response", "First response"},
    {"resolution", "Resolution"}, {"remarks", "Remarks"},
};

void block_call_facts(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_CALL);
    if (!item)
        return;
    struct html *h = d->html;
    html_open(h, "dl");
    html_attr(h, "class", "facts");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const char *text = field_of_call(d->arena, item->call, slice_of(facts[i].field));
        if (!*text)
            continue;
        html_open(h, "div");
        html_leaf(h, "dt", NULL, html_word(h, facts[i].label));
        html_leaf(h, "dd", NULL, text);
        html_close(h, "div");
    }
    html_close(h, "dl");
}
