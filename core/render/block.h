/* block: the registry of what fenced blocks draw, and what each block is handed.
 *
 * A block draws through d->html only. It reads the view, never changes it. Where what it should
 * show is absent "just now" (a NULL put), it draws its body with block_empty; where a name was
 * never put, it says so with block_fault.
 */
#ifndef RENDER_BLOCK_H
#define RENDER_BLOCK_H

#include "render/html.h"
#include "render/view.h"

enum { BLOCK_ARGUMENTS = 4 };

struct draw {
    struct html *html;
    const struct page_view *view;
    struct arena *arena; /* of this page */
    struct err *err;     /* the first fault */
    bool failed;
    int nesting;               /* bodies inside bodies */
    bool has_player, has_form; /* what the frame must know of */
    bool has_transcript, has_editor;
};

struct block_use {
    const struct block *block;
    const char *argument[BLOCK_ARGUMENTS]; /* the first n_arguments are set */
    size_t n_arguments;
    struct slice body;
    int line;
};

struct block {
    struct page_block_doc doc;
    size_t least, most; /* arguments */
    void (*draw)(struct draw *d, const struct block_use *u);
    bool is_pane; /* draws a pane of its own */
};

/* Reads "name argument argument". False with what to write instead. */
bool block_parse(struct arena *a, struct slice info, struct slice body, int line,
                 struct block_use *out, struct err *e);
void block_draw(struct draw *d, const struct block_use *u);

/* The body, as Markdown, where there is nothing to show. */
void block_empty(struct draw *d, const struct block_use *u);
/* A visible message in place of what cannot be drawn; kept in d->err. */
void block_fault(struct draw *d, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The item named by an argument; NULL after a fault. */
const struct view_item *block_item(struct draw *d, const struct block_use *u, size_t argument,
                                   enum view_kind kind);
/* The same for the first argument, with something in it; NULL also where it has nothing, and its
 * body was drawn instead. */
const struct view_item *block_shown(struct draw *d, const struct block_use *u, enum view_kind kind);

void block_player(struct draw *d, const struct block_use *u);
void block_transcript(struct draw *d, const struct block_use *u);
void block_call_facts(struct draw *d, const struct block_use *u);
void block_score(struct draw *d, const struct block_use *u);
void block_sheet(struct draw *d, const struct block_use *u);
void block_derivation(struct draw *d, const struct block_use *u);
void block_evaluate(struct draw *d, const struct block_use *u);
void block_table(struct draw *d, const struct block_use *u);
void block_numbers(struct draw *d, const struct block_use *u);
void block_cards(struct draw *d, const struct block_use *u);
void block_form(struct draw *d, const struct block_use *u);
void block_chart(struct draw *d, const struct block_use *u);
void block_links(struct draw *d, const struct block_use *u);
void block_crumbs(struct draw *d, const struct block_use *u);
void block_markdown(struct draw *d, const struct block_use *u);
void block_source(struct draw *d, const struct block_use *u);
void block_diff(struct draw *d, const struct block_use *u);
void block_panes(struct draw *d, const struct block_use *u);

/* Shared by blocks. */
void block_data_table(struct draw *d, const struct table *t, const struct page_list *list);
void block_exports(struct draw *d, const struct view_item *item); /* links to CSV and JSON */
/* A link to each place of the call that the answer names, behind a blank; the same place once. */
void block_evidence(struct html *h, const struct answer *a);
const char *block_answer_text(struct draw *d, const struct form_question *q,
                              const struct answer *a);

#endif
