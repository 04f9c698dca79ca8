#include "render/block.h"

#include <stdarg.h>
#include <stdio.h>

#include "render/markdown.h"

enum { NESTING = 3 };

static const struct block blocks[] = {
    {{"player", "```player CALL",
      "The recording, with the browser's own player that scripts make more of."},
     1,
     1,
     block_player,
     false},
    {{"transcript", "```transcript CALL [SHEET ...]",
      "Who said what and when; the evidence of the sheets and the words of {{q}} are marked."},
     1,
     4,
     block_transcript,
     true},
    {{"call-facts", "```call-facts CALL", "Agent, queue, date, length and the like in one line."},
     1,
     1,
     block_call_facts,
     false},
    {{"score", "```score SHEET [SHEET]",
      "The numbers of a sheet: score, outcome, customer's score, auto-fail, what was excused."},
     1,
     2,
     block_score,
     false},
    {{"sheet", "```sheet SHEET [SHEET]", "Every answer with its evidence, one column a sheet."},
     1,
     2,
     block_sheet,
     false},
    {{"derivation", "```derivation TABLE", "How a score came about, line by line."},
     1,
     1,
     block_derivation,
     false},
    {{"evaluate", "```evaluate EVALUATION",
      "The form on which a person answers a scorecard, beside what the card suggests."},
     1,
     1,
     block_evaluate,
     true},
    {{"table", "```table TABLE", "A list with sorting, paging and CSV where the page has them."},
     1,
     1,
     block_table,
     false},
    {{"numbers", "```numbers TABLE", "A few figures side by side: what they count, and how many."},
     1,
     1,
     block_numbers,
     false},
    {{"cards", "```cards TABLE",
      "A list as cards: the first column is the title, the second the first paragraph of a "
      "Markdown text, the rest facts."},
     1,
     1,
     block_cards,
     false},
    {{"form", "```form FORM", "A form to fill in, with its errors."}, 1, 1, block_form, false},
    {{"chart", "```chart TABLE",
      "A line over the first column's labels, with limits where the table has columns lower, mean, "
      "upper; line says which rows are joined, began marks what begins, low and high how sure a "
      "point is, few that it has little behind it."},
     1,
     1,
     block_chart,
     false},
    {{"links", "```links LINKS", "What this person may do from here, as buttons."},
     1,
     1,
     block_links,
     false},
    {{"crumbs", "```crumbs", "The way to this page: one line of Markdown a step."},
     0,
     0,
     block_crumbs,
     false},
    {{"markdown", "```markdown TEXT", "What a person wrote, as Markdown made safe."},
     1,
     1,
     block_markdown,
     false},
    {{"source", "```source TEXT [HOW]",
      "A text as it stands, with line numbers to link to (#L12). With a second text it is folded, "
      "unless that says open."},
     1,
     2,
     block_source,
     false},
    {{"diff", "```diff TABLE",
      "Lines of two texts, from the columns was (line), is (line), text, and mark: the old text "
      "left "
      "and the new one right, or below each other where there is no room."},
     1,
     1,
     block_diff,
     false},
    {{"panes", "```panes", "Its body in panes side by side; a line --- starts the next."},
     0,
     0,
     block_panes,
     false},
};
enum { N_BLOCKS = sizeof blocks / sizeof *blocks };

const struct page_block_doc *page_block(size_t i)
{
    return i < N_BLOCKS ? &blocks[i].doc : NULL;
}

static const struct block *find(struct slice name)
{
    for (size_t i = 0; i < N_BLOCKS; i++)
        if (slice_is(name, blocks[i].doc.name))
            return &blocks[i];
    return NULL;
}

static bool unknown(struct slice name, struct err *e)
{
    struct buf all = {0};
    for (size_t i = 0; i < N_BLOCKS; i++)
        buf_format(&all, "%s%s", i ? ", " : "", blocks[i].doc.name);
    err_set(e, ERR_INPUT, "There is no block \"%.*s\". Blocks are: %s.",
            (int)(name.n > 40 ? 40 : name.n), name.p, buf_text(&all));
    buf_free(&all);
    return false;
}

/* The next word of `*rest`; empty at the end. */
static struct slice next_word(struct slice *rest)
{
    *rest = slice_trim(*rest);
    struct slice word = {rest->p, 0};
    while (word.n < rest->n && rest->p[word.n] != ' ' && rest->p[word.n] != '\t')
        word.n++;
    rest->p += word.n;
    rest->n -= word.n;
    return word;
}

bool block_parse(struct arena *a, struct slice info, struct slice body, int line,
                 struct block_use *out, struct err *e)
{
    struct slice name = next_word(&info);
    *out = (struct block_use){.block = find(name), .body = body, .line = line};
    if (!out->block)
        return unknown(name, e);
    size_t n = 0;
    for (struct slice word; (word = next_word(&info)).n; n++)
        if (n < BLOCK_ARGUMENTS)
            out->argument[n] = arena_text(a, word);
    if (n < out->block->least || n > out->block->most)
        return err_set(e, ERR_INPUT, "The block \"%s\" was given %zu names. Write: %s",
                       out->block->doc.name, n, out->block->doc.usage);
    out->n_arguments = n;
    return true;
}

void block_draw(struct draw *d, const struct block_use *u)
{
    if (d->nesting >= NESTING) {
        block_fault(d, u->line, "Blocks stand inside blocks more than %d deep.", NESTING);
        return;
    }
    d->nesting++;
    u->block->draw(d, u);
    d->nesting--;
}

void block_empty(struct draw *d, const struct block_use *u)
{
    markdown_draw(d, u->body, MARKDOWN_EMPTY, u->line + 1);
}

void block_fault(struct draw *d, int line, const char *format, ...)
{
    char text[500];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    d->failed = true;
    err_set(d->err, ERR_INPUT, "line %d: %s", line, text);
    html_leaf(d->html, "p", "fault", text);
}

const struct view_item *block_item(struct draw *d, const struct block_use *u, size_t argument,
                                   enum view_kind kind)
{
    static const char *const kinds[] = {"text",  "Markdown", "call", "sheet",
                                        "table", "links",    "form", "evaluation"};
    const struct view_item *item = view_find(d->view, u->argument[argument], kind);
    if (!item)
        block_fault(d, u->line, "This page has no %s called \"%s\" for the block \"%s\".",
                    kinds[kind], u->argument[argument], u->block->doc.name);
    return item;
}

/* Is there anything in it just now? */
static bool is_filled(const struct view_item *item)
{
    switch (item->kind) {
    case VIEW_TEXT:
    case VIEW_MARKDOWN: return *item->text;
    case VIEW_CALL: return item->call;
    case VIEW_SHEET: return item->sheet;
    case VIEW_TABLE: return item->table && table_rows(item->table);
    case VIEW_LINKS: return item->links && item->links->value;
    case VIEW_FORM: return item->fields;
    case VIEW_EVALUATION: return item->evaluation;
    }
    return false;
}

const struct view_item *block_shown(struct draw *d, const struct block_use *u, enum view_kind kind)
{
    const struct view_item *item = block_item(d, u, 0, kind);
    if (!item || is_filled(item))
        return item;
    block_empty(d, u);
    return NULL;
}
