/* card: what the files of the command "card" share. */
#ifndef CLI_CARD_H
#define CLI_CARD_H

#include "cli/cli.h"
#include "desk/cards.h"

/* A word names a file (it has a slash, or ends in ".lua"), or a version that is kept: "CARD",
 * "CARD@VERSION", or its number. */
bool card_is_file(const char *word);

/* The text in this file, with the phrase lists that lie in the folder lib beside it. */
bool card_text(struct cli *c, const char *path, struct slice *out, struct err *e);

/* Reads a file and checks it; keeps nothing. */
bool card_read(struct cli *c, const char *word, struct slice *text, struct cards_check *out,
               struct err *e);

/* The version that a word names. A file is checked and what is wrong with it is shown; where
 * `keep`, it must load and is kept, else nothing is and `id` stays 0. */
bool card_meant(struct cli *c, const char *word, bool keep, struct store_card *out, struct err *e);

/* "PATH:LINE", or "PATH" for the card as a whole. */
const char *card_place(struct cli *c, const char *path, int line);

/* Faults, failing tests, or that all is well. */
void card_show_check(struct cli *c, const char *path, const struct cards_check *k);

enum cli_exit card_show(struct cli *c);
enum cli_exit card_diff(struct cli *c);
enum cli_exit card_trend(struct cli *c);
enum cli_exit card_backtest(struct cli *c);

#endif
