#include "desk/record.h"

#include <math.h>

static const struct table_column COLUMNS[] = {{"what", "What", TABLE_TEXT},
                                              {"said", "Said", TABLE_TEXT}};

static void add(struct table *t, const char *what, const char *said)
{
    if (!said || !*said)
        return;
    table_row(t);
    table_text(t, what);
    table_text(t, said);
}

static const char *number(struct arena *a, double v)
{
    return isnan(v) ? "" : arena_format(a, "%g", v);
}

struct table *record_of_call(const struct call *c, struct arena *a)
{
    struct table *t = table_new(a, "", COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    static const char *const resolved[] = {"no", "yes"};
    add(t, "Source", c->source);
    add(t, "Key", c->source_key);
    add(t, "Direction", call_direction_names[c->direction]);
    add(t, "Customer", c->customer);
    add(t, "Kind of customer", c->customer_class);
    add(t, "Language", c->language);
    add(t, "Hung up by", c->hung_up);
    add(t, "CSAT", number(a, c->csat));
    add(t, "NPS", number(a, c->nps));
    add(t, "Resolved", c->resolved == CALL_UNKNOWN ? "" : resolved[c->resolved != 0]);
    for (size_t i = 0; i < c->n_meta; i++)
        add(t, c->meta[i].name, c->meta[i].value);
    return t;
}
