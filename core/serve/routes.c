/* The one list of addresses: who may ask for what. */
#include "serve/pages.h"

enum {
    REVIEWERS = ROLE_EVALUATOR | ROLE_LEAD | ROLE_TRAINER | ROLE_MANAGER | ROLE_ADMIN,
    EVALUATORS = ROLE_EVALUATOR | ROLE_LEAD | ROLE_MANAGER | ROLE_ADMIN,
};

const struct route page_routes[] = {
    {REQUEST_GET, "/", ROLE_ANY, 0, 0, page_home, "home", NULL},
    {REQUEST_GET, "/sign-in", ROLE_ANY, ROUTE_PUBLIC | ROUTE_SIGN_IN, 0, page_sign_in, "sign in",
     NULL},
    {REQUEST_POST, "/sign-in", ROLE_ANY, ROUTE_PUBLIC | ROUTE_SLOW, ROUTE_KEPT_MOST,
     page_sign_in_post, "sign in post", NULL},
    {REQUEST_POST, "/sign-out", ROLE_ANY, 0, 0, page_sign_out_post, "sign out", NULL},

    {REQUEST_GET, "/calls", ROLE_ANY, ROUTE_TABLE, 0, page_calls, "calls", "Calls"},
    {REQUEST_GET, "/calls/:id", ROLE_ANY, 0, 0, page_call, "call", NULL},
    {REQUEST_GET, "/calls/:id/audio", ROLE_ANY, 0, 0, page_audio, "audio", NULL},
    {REQUEST_GET, "/calls/:id/peaks", ROLE_ANY, 0, 0, page_peaks, "peaks", NULL},
    {REQUEST_GET, "/calls/:id/evaluate", EVALUATORS, 0, 0, page_evaluate, "evaluate", NULL},
    {REQUEST_POST, "/calls/:id/evaluate", EVALUATORS, 0, ROUTE_CARD_MOST, page_evaluate_post,
     "evaluate post", NULL},
    {REQUEST_PUT, "/drafts/:id", EVALUATORS, 0, ROUTE_CARD_MOST, page_draft_put, "draft", NULL},
    {REQUEST_GET, "/reviews/:id", ROLE_ANY, ROUTE_TABLE, 0, page_review, "review", NULL},

    {REQUEST_GET, "/exemplars", ROLE_ANY, ROUTE_TABLE, 0, page_exemplars, "exemplars", "Library"},
    {REQUEST_GET, "/exemplars/new", REVIEWERS, 0, 0, page_exemplar_new, "exemplar new", NULL},
    {REQUEST_POST, "/exemplars", REVIEWERS, 0, 0, page_exemplar_post, "exemplar post", NULL},
    {REQUEST_GET, "/exemplars/:id", ROLE_ANY, 0, 0, page_exemplar, "exemplar", NULL},

    {REQUEST_GET, "/issues", REVIEWERS, ROUTE_TABLE, 0, page_issues, "issues", "Process issues"},
    {REQUEST_POST, "/issues", REVIEWERS, 0, 0, page_issue_post, "issue post", NULL},
    {REQUEST_GET, "/issues/:id", REVIEWERS, ROUTE_TABLE, 0, page_issue, "issue", NULL},
    {REQUEST_POST, "/issues/:id/state", ROLE_LEAD | ROLE_MANAGER | ROLE_ADMIN, 0, 0,
     page_issue_move_post, "issue move", NULL},

    {REQUEST_GET, "/cards", REVIEWERS, ROUTE_TABLE, 0, page_cards, "cards", "Scorecards"},
    {REQUEST_GET, "/cards/:id", REVIEWERS, 0, 0, page_card, "card", NULL},

    {REQUEST_GET, "/help", ROLE_ANY, ROUTE_PUBLIC, 0, page_help, "help", "Help"},
    {REQUEST_GET, "/favicon.ico", ROLE_ANY, ROUTE_PUBLIC, 0, page_icon, "icon", NULL},
    {REQUEST_GET, "/static/:name", ROLE_ANY, ROUTE_PUBLIC, 0, route_static, "static", NULL},
    {0},
};
