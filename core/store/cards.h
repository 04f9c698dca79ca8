/* cards: versions of scorecards and their life.
 *
 *     draft -> checked -> published <-> retired
 *
 * The text of a version never changes; a changed text is another version. At most one version of a
 * card is published: publishing one retires the one before. Every move is an event.
 */
#ifndef STORE_CARDS_H
#define STORE_CARDS_H

#include "base/hash.h"
#include "store/store.h"

enum store_card_state {
    STORE_CARD_DRAFT,
    STORE_CARD_CHECKED,
    STORE_CARD_PUBLISHED,
    STORE_CARD_RETIRED,
    STORE_CARD_STATES
};
extern const char *const store_card_state_names[STORE_CARD_STATES + 1];

struct store_card {
    int64_t id;          /* row of the version: sheet.card_version */
    const char *card;    /* the card's own id ("support-voice"); for a text that does not load, the
                            name of its file */
    const char *version; /* as the text states it */
    const char *title;
    char hash[HASH_TEXT]; /* of the text */
    const char *text;
    const char *definition; /* form_write's JSON, "" where the text does not load */
    const char *report;     /* what the check said, JSON, "" before the check */
    enum store_card_state state;
    int64_t author; /* user, 0: came with the program */
    const char *author_name;
    int64_t made_at, published_at; /* published_at 0 until then */
    int failures;                  /* runs in a row that had no result, while it is published */
    int64_t off_at;                /* when it was switched off, 0: it is on */
    const char *off_why;
};

/* Adds a version as a draft (id, hash, state and times of `card` are not read). The same text again
 * gives the id it has already: `*id`, `*fresh` false; the first person who adds a text that is no
 * person's, and was never published, is its author. */
bool store_card_add(struct store *s, const struct store_card *card, const struct store_act *act,
                    int64_t *id, bool *fresh, struct err *e);

/* Writes what the check said about a draft (or about one checked before); `passed` makes it
 * checked, else it is a draft again. Published and retired versions: ERR_CONFLICT. */
bool store_card_set_report(struct store *s, int64_t id, const char *definition, const char *report,
                           bool passed, const struct store_act *act, struct err *e);

/* Only a checked version, and only where no other text of this card bore this version name in
 * public: ERR_CONFLICT otherwise. */
bool store_card_publish(struct store *s, int64_t id, const struct store_act *act, struct err *e);
bool store_card_retire(struct store *s, int64_t id, const struct store_act *act, struct err *e);
/* A retired version is published again, as it was; the one published meanwhile retires. It keeps
 * the time of its first publishing, by which the versions of a card stand in order. */
bool store_card_restore(struct store *s, int64_t id, const struct store_act *act, struct err *e);

/* How many runs of a published version have failed in a row. */
bool store_card_set_failures(struct store *s, int64_t id, int failures, struct err *e);
/* S5: a published version that fails again and again scores no call until a person has looked.
 * Off already, or not published any more: nothing happens. */
bool store_card_switch_off(struct store *s, int64_t id, const struct store_act *act, struct err *e);
/* On again, with nothing held against it; calls that no card took wait to be scored again.
 * ERR_CONFLICT where it is not off. */
bool store_card_switch_on(struct store *s, int64_t id, const struct store_act *act, struct err *e);
/* The word for where it stands: its state, or store_card_off_name, "switched off". */
extern const char store_card_off_name[];
const char *store_card_standing(const struct store_card *c);

/* The version of this card that was first published last before `than`; 0: none. `than` NULL: the
 * last of all. */
bool store_card_before(struct store *s, const char *card, const struct store_card *than,
                       int64_t *id, struct err *e);

/* What became of a question with a version; the words and the rules are score/lineage's. */
struct store_lineage {
    const char *question;
    int change;    /* enum lineage_change */
    int64_t since; /* version with which its present trend line began */
};
/* Written once, when a version is published for the first time. */
bool store_lineage_add(struct store *s, int64_t version, const struct store_lineage *l,
                       struct err *e);
bool store_lineage_list(struct store *s, int64_t version, struct arena *a,
                        struct store_lineage **out, size_t *n, struct err *e);

bool store_card_get(struct store *s, int64_t id, struct arena *a, struct store_card *out,
                    struct err *e);
/* By hash of the text. */
bool store_card_find(struct store *s, const char *hash, struct arena *a, struct store_card *out,
                     struct err *e);

/* What is published now and since when it is switched off (0: on), in order of card. */
struct store_card_published {
    int64_t id, off_at;
};
bool store_card_published(struct store *s, struct arena *a, struct store_card_published **out,
                          size_t *n, struct err *e);

struct store_card_filter { /* {0}: all */
    const char *card;      /* versions of this card only */
    bool published;        /* only what is published */
};

/* In order of card, newest version first. Cards are no secrets: no viewer. */
bool store_card_list(struct store *s, const struct store_card_filter *f, struct arena *a,
                     struct store_card **out, size_t *n, struct err *e);

#endif
