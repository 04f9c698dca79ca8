/* pages: the handlers of all pages, one file an area (page_*.c). Each asks a desk and renders its
 * page. */
#ifndef SERVE_PAGES_H
#define SERVE_PAGES_H

#include "desk/desk.h"
#include "serve/route.h"

/* Every address there is; ends with a row whose handler is NULL. */
extern const struct route page_routes[];

/* Who asks, for a desk that looks things up; false: the answer says what failed. The desk lives as
 * long as the request. */
bool page_looks(struct app *app, struct request *r, struct response *out, struct desk *d);
/* The same for a desk that changes something. */
void page_changes(struct app *app, struct request *r, struct desk *d);

/* What was typed into the fields of a form, in their order; NULL where a field did not come. */
const char **page_values(struct request *r, const struct request_fields *from,
                         const struct page_field *fields);
/* The page of imports again, with what was typed and why nothing was read. */
void page_imports_again(struct app *app, struct request *r, struct response *out,
                        const char *problem);
/* What the form there says, in the order of struct imports_said, behind the files. */
const char **page_imports_values(struct request *r);
const char *page_or_empty(const char *value);

/* The sentence for the status line after a redirect with ?said=WORD; "" for none. */
const char *page_said(struct request *r);

/* A button alone: it posts nothing but the form token. */
struct page_form *page_button(struct request *r, const char *action, const char *label);

/* "5 Oct 2026, 09:14" */
const char *page_time(struct arena *a, int64_t ms);

#define PAGE_HANDLER(name) void name(struct app *app, struct request *r, struct response *out)

PAGE_HANDLER(page_sign_in);
PAGE_HANDLER(page_sign_in_post);
PAGE_HANDLER(page_sign_out_post);
PAGE_HANDLER(page_home);
PAGE_HANDLER(page_help);
PAGE_HANDLER(page_icon);
PAGE_HANDLER(page_calls);
PAGE_HANDLER(page_call);
PAGE_HANDLER(page_audio);
PAGE_HANDLER(page_peaks);
PAGE_HANDLER(page_evaluate);
PAGE_HANDLER(page_evaluate_post);
PAGE_HANDLER(page_call_score_post);
PAGE_HANDLER(page_draft_put);
PAGE_HANDLER(page_review);
PAGE_HANDLER(page_imports);
PAGE_HANDLER(page_import);
PAGE_HANDLER(page_import_post);
PAGE_HANDLER(page_upload_post);
PAGE_HANDLER(page_push_post);
PAGE_HANDLER(page_tokens);
PAGE_HANDLER(page_tokens_post);
PAGE_HANDLER(page_token_revoke_post);
PAGE_HANDLER(page_plugins);
PAGE_HANDLER(page_settings);
PAGE_HANDLER(page_settings_post);
PAGE_HANDLER(page_waiting);
PAGE_HANDLER(page_part);
PAGE_HANDLER(page_part_post);
PAGE_HANDLER(page_exemplars);
PAGE_HANDLER(page_exemplar);
PAGE_HANDLER(page_exemplar_new);
PAGE_HANDLER(page_exemplar_post);
PAGE_HANDLER(page_issues);
PAGE_HANDLER(page_issue_post);
PAGE_HANDLER(page_issue);
PAGE_HANDLER(page_issue_move_post);
PAGE_HANDLER(page_cards);
PAGE_HANDLER(page_card_words);
PAGE_HANDLER(page_card);
PAGE_HANDLER(page_card_diff);
PAGE_HANDLER(page_card_preview);
PAGE_HANDLER(page_card_try_form);
PAGE_HANDLER(page_card_try);
PAGE_HANDLER(page_card_new);
PAGE_HANDLER(page_card_edit);
PAGE_HANDLER(page_card_post);
PAGE_HANDLER(page_card_check_post);
PAGE_HANDLER(page_card_move_post);
PAGE_HANDLER(page_card_score_post);
PAGE_HANDLER(page_card_backtest);
PAGE_HANDLER(page_card_backtest_post);
PAGE_HANDLER(page_review_test_post);

#endif
