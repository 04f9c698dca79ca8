/* page: a Markdown page and what it is about become HTML.
 *
 * A page file is Markdown. Two additions are placed in cmark's tree after parsing, so that a value
 * can never become markup:
 *     {{name}}            a value, placed as text; in a link address it is percent-encoded:
 *                         [x](/calls/{{call.id}}). Code spans are left alone.
 *     ```block argument   a fenced block, drawn by the function registered for that word. Its body,
 *                         where it has one, is Markdown again: what to say when there is nothing.
 * Raw HTML in a page is dropped. Everything is drawn through struct html, which can only write
 * escaped text, known elements and addresses of known kinds.
 */
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/call.h"
#include "model/form.h"
#include "model/sheet.h"
#include "model/table.h"

/* What a page may show, by name. Lives in an arena; keeps what it is given by reference. A name put
 * twice: the later one holds. Where a pointer may be NULL it says "there is none just now": the
 * block then draws its body. A name never put is a fault of ours and is reported by page_render. */
struct page_view;
struct page_view *page_view_new(struct arena *a);

void page_put_text(struct page_view *v, const char *name, const char *text); /* NULL: empty */

/* Written by a person; for the `markdown` block. NULL or empty: there is none. */
void page_put_markdown(struct page_view *v, const char *name, const char *text);

/* Gives the page {{name.id}}, {{name.agent}}, {{name.date}} ... too: see field.c. */
void page_put_call(struct page_view *v, const char *name, const struct call *c);

/* The same, with player and transcript kept to the stretch from..to (ms). */
void page_put_clip(struct page_view *v, const char *name, const struct call *c, int64_t from_ms,
                   int64_t to_ms);

/* `f` is what the sheet answers. `s` may be NULL. Gives {{name.score}}, {{name.author}} ... too. */
void page_put_sheet(struct page_view *v, const char *name, const struct form *f,
                    const struct sheet *s);

void page_put_table(struct page_view *v, const char *name, const struct table *t); /* or NULL */

/* A text cell may hold PAGE_MARK_ON .. PAGE_MARK_OFF around what was found: drawn as <mark>. Kept
 * texts hold no control characters, so nobody can write them. */
#define PAGE_MARK_ON  "\x02"
#define PAGE_MARK_OFF "\x03"

/* What a long table can do besides being read. All may be NULL. */
struct page_list {
    const char *address; /* of this page with its filters but without sort and page number; gives
                            CSV and JSON links (".csv" goes in front of the "?") */
    const char *const *sortable; /* column names, ends with NULL */
    const char *sort;            /* column sorted by now, "-name": descending */
    const char *previous, *next; /* addresses of the pages beside this one */
    const char *note;            /* "51 to 100 of 412 calls" */
};
void page_put_list(struct page_view *v, const char *name, const struct table *t,
                   const struct page_list *l);

/* Links that this person may follow from here; ends with {NULL}. NULL: none. */
struct page_option {
    const char *value, *label; /* for links: address and text */
};
void page_put_links(struct page_view *v, const char *name, const struct page_option *links);

const char *page_text(const struct page_view *v, const char *name); /* NULL: not there */
const struct table *page_table(const struct page_view *v, const char *name);

/* A form that a person fills in: fields as a const table, plus what was posted and what was wrong
 * with it. */
enum page_field_kind {
    PAGE_TEXT,
    PAGE_PASSWORD,
    PAGE_LONG_TEXT,
    PAGE_CHOICE,
    PAGE_CHECK,
    PAGE_HIDDEN,
    PAGE_SEARCH,
    PAGE_DATE,
    PAGE_FILE,  /* any number of files: the form is then sent as multipart/form-data */
    PAGE_SOURCE /* the text of a program: the editor's script stands over it */
};
struct page_field {
    const char *name, *label, *hint;
    enum page_field_kind kind;
    bool required;
    size_t most;                       /* bytes */
    const struct page_option *options; /* ends with {NULL}; for PAGE_CHOICE */
};
struct page_form {
    const char *action, *method;     /* "get" or "post" */
    const char *submit;              /* label of the button */
    const struct page_field *fields; /* ends with {NULL} */
    const char *const *values;       /* one a field, NULL: empty; or NULL for none at all */
    const char *const *errors;       /* one a field, NULL: fine; or NULL for none at all */
    const char *token;               /* form token, NULL for "get" */
    const char *problem;             /* what is wrong with the whole, NULL: nothing */
    const struct page_option *const *choices; /* one a field: options known only now, instead of
                                                 field->options; NULL for none at all */
    const char *check; /* where the text of a PAGE_SOURCE field is looked through while it is
                          written, POSTed as this form is; answers JSON; NULL: nowhere */
    const struct page_option *also; /* buttons beside `submit`; pressed, one posts do=value; ends
                                       with {NULL}; NULL: none */
    bool quiet;                     /* the button is not what people come to this page for */
    const char *more; /* folded away under these words: the fields from the n_first-th on; NULL:
                         none */
    size_t n_first;
};
void page_put_form(struct page_view *v, const char *name, const struct page_form *f); /* or NULL */

/* The form on which a person answers a scorecard. It posts `token`, `rev`, `card`, `key` as given
 * below, `do` ("draft" or "submit", the button), `summary` (Markdown), and for each question Q
 *     a.Q       option id (several for multi), the text, the number or the date; PAGE_NA for a
 * choice na.Q      "1": not applicable (kinds other than choice) note.Q    note at.Q      where in
 * the call, "4:49", "" for nowhere locus.Q   whom a miss is laid to: "" the agent, else a
 * form_locus_names word reason.Q  why it is laid there */
#define PAGE_NA "~na"
struct page_posted {
    const char *name, *value;
};
struct page_evaluation {
    /* action NULL: the questions are shown, and nothing can be sent. rev: of the draft shown, "0"
     * where none. */
    const char *action, *token, *rev, *card, *key;
    const char *draft;  /* address the script keeps the draft at */
    const char *notice; /* a sentence on top, NULL: none */
    const char *score;  /* of the draft as it is, "86.0 %"; NULL: none */
    const struct form *form;
    const struct page_posted *posted; /* what was posted or kept, just as it was typed: names as
                                         above, those of multi repeated; ends with {NULL}; NULL:
                                         nothing yet */
    const struct sheet *suggestion;   /* the machine's sheet by the same form; NULL: none */
    const char *const *errors;        /* one a question, NULL: fine; or NULL for none at all */
    const char *summary_error;        /* NULL: fine */
    const char *problem;              /* what is wrong with the whole, NULL: nothing */
};
void page_put_evaluation(struct page_view *v, const char *name, const struct page_evaluation *e);

/* The frame around a page. Texts are never NULL but where it says so. */
struct page_frame {
    const char *title, *language;
    const char *theme;                    /* "light", "dark", or NULL: as the system says */
    const char *nonce;                    /* of style-src; NULL where the page has no player */
    const char *user, *role;              /* "" where nobody is signed in */
    const char *user_key;                 /* stable text for the user, keeps drafts apart */
    const char *token;                    /* form token of the session */
    const char *status;                   /* one sentence after an action, "" where none */
    const char *current;                  /* path prefix of the current area, for the navigation */
    const char *version;                  /* of the program */
    bool error;                           /* the title gets "Error: " in front */
    const struct page_option *navigation; /* value = address, label = text; ends with {NULL} */
    /* Addresses of the site's own files; one that is NULL is left out. Scripts but app_script are
     * asked for only by pages that need them. */
    const char *style, *icon, *app_script, *call_script, *evaluate_script, *editor_script;
};

/* Renders the page `markdown` (a whole file) for `v` into `out` as a whole HTML document. A block
 * that does not exist, or whose value is missing, is drawn as a visible message and reported in
 * `e`, while the rest of the page still stands (returns false then). */
bool page_render(struct slice markdown, const struct page_view *v, const struct page_frame *frame,
                 struct buf *out, struct err *e);

/* Checks a page file without values: unknown blocks and broken {{. Names line and remedy. */
bool page_check(struct slice markdown, struct err *e);

/* The blocks there are, for the manual: the i-th, NULL past the last. */
struct page_block_doc {
    const char *name, *usage, *doc;
};
const struct page_block_doc *page_block(size_t i);

#endif
