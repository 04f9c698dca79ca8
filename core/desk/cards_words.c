/* What a card may say, from the rows that the words themselves are registered by. */
#include "desk/cards.h"

#include "score/manual.h"

static const struct table_column columns[] = {{"word", "Word", TABLE_TEXT},
                                              {"example", "For example", TABLE_TEXT},
                                              {"what", "What", TABLE_TEXT}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void row(struct table *t, const char *name, const char *usage, const char *doc)
{
    table_row(t);
    table_text(t, name);
    table_text(t, usage);
    table_text(t, doc);
}

/* "greeting, of card section": which parts may have the field. */
static const char *field_name(const struct manual_field *f, struct arena *a)
{
    const char *text = f->name, *sign = ", of ";
    for (int i = 0; manual_part_names[i]; i++)
        if (f->parts & (1u << i)) {
            text = arena_format(a, "%s%s%s", text, sign, manual_part_names[i]);
            sign = " ";
        }
    return text;
}

void cards_words(const struct desk *d, struct table **words, struct table **fields)
{
    *words = table_new(d->arena, "", columns, COLUMNS);
    *fields = table_new(d->arena, "", columns, COLUMNS);
    for (const struct runner_entry *r = runner_manual(); r->name; r++)
        row(*words, r->name, r->usage, r->doc);
    for (const struct manual_field *f = manual_fields(); f->name; f++)
        row(*fields, field_name(f, d->arena), f->usage, f->doc);
}
