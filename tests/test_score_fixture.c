#include "test_score_fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 40 };

struct frac fixture_frac(const char *text)
{
    char *end;
    if (!text[0] || strcmp(text, "none") == 0)
        return (struct frac){0, 0};
    long long n = strtoll(text, &end, 10), d = 1;
    if (*end == '/')
        d = strtoll(end + 1, &end, 10);
    ck_assert_msg(*end == 0, "fixture: %s is no fraction", text);
    return frac_of(n, d);
}

void fixture_same(const char *what, const char *expected, struct frac got)
{
    char text[64] = "none";
    struct frac e = fixture_frac(expected);
    if (frac_ok(got))
        frac_print(got, text, sizeof text);
    ck_assert_msg(frac_ok(e) == frac_ok(got) && (!frac_ok(e) || frac_compare(e, got) == 0),
                  "%s: expected %s, got %s", what, expected, text);
}

/* "q=v" as a rule; NULL where `text` is NULL. */
static const struct form_condition *rule(struct arena *a, const struct form *f, char *text)
{
    if (!text)
        return NULL;
    struct form_condition *c = arena_take(a, sizeof *c);
    const char **values = arena_array(a, 1, sizeof *values);
    char *value = strchr(text, '=');
    *value++ = 0;
    values[0] = value;
    *c = (struct form_condition){
        .test = FORM_IS, .question = form_find_question(f, text), .values = values, .n_values = 1};
    ck_assert_int_ge(c->question, 0);
    return c;
}

static bool floor_word(struct arena *a, const struct form *f, char *word, struct form_floors *out)
{
    char *inner = strchr(word, '(');
    if (inner)
        *inner++ = 0, inner[strlen(inner) - 1] = 0;
    if (strncmp(word, "min", 3) == 0)
        out->minimum = fixture_frac(word + 3);
    else if (strncmp(word, "base", 4) == 0)
        out->baseline = fixture_frac(word + 4);
    else if (strncmp(word, "set", 3) == 0)
        out->set = fixture_frac(word + 3), out->set_when = rule(a, f, inner);
    else
        return false;
    return true;
}

static void question_word(struct arena *a, const struct form *f, char *word,
                          struct form_question *q)
{
    for (int c = FORM_CUSTOMER; c < FORM_CRITICALS; c++)
        if (strcmp(word, form_critical_names[c]) == 0) {
            q->critical = (enum form_critical)c;
            return;
        }
    if (strcmp(word, "bonus") == 0)
        q->bonus = true;
    else if (strcmp(word, "excl") == 0)
        q->excluded = true;
    else if (strncmp(word, "if(", 3) == 0)
        word[strlen(word) - 1] = 0, q->when = rule(a, f, word + 3);
    else if (floor_word(a, f, word, &q->floors))
        return;
    else if (word[0] == 'w')
        q->weight = fixture_frac(word + 1);
    else if (word[0] == 'm')
        q->max = fixture_frac(word + 1);
    else
        ck_abort_msg("fixture: unknown word %s", word);
}

static void section(struct arena *a, struct form *f, struct form_section *all, char *text)
{
    char *save, *id = strtok_r(text, " ]", &save), *word = strtok_r(NULL, " ]", &save);
    char *child = strchr(id, '>');
    struct form_section *s = &all[f->n_sections];
    *s = (struct form_section){.parent = FORM_NONE, .weight = fixture_frac(word)};
    if (child) {
        *child++ = 0;
        for (size_t i = 0; i < f->n_sections; i++)
            if (strcmp(all[i].id, id) == 0)
                s->parent = (int)i;
    }
    s->id = s->title = child ? child : id;
    f->n_sections++;
    while ((word = strtok_r(NULL, " ]", &save)))
        ck_assert(floor_word(a, f, word, &s->floors));
}

static void question(struct arena *a, struct form *f, struct form_question *all, char *text)
{
    char *save, *word = strtok_r(text, ":", &save);
    struct form_question *q = &all[f->n_questions];
    *q = (struct form_question){.id = word,
                                .ask = word,
                                .section = (int)f->n_sections - 1,
                                .weight = frac_whole(1),
                                .max = frac_whole(1),
                                .na_allowed = true,
                                .options = arena_array(a, 8, sizeof(struct form_option))};
    while ((word = strtok_r(NULL, ":", &save)))
        question_word(a, f, word, q);
    f->n_questions++;
}

void fixture_form(struct arena *a, enum form_weighting weighting, const char *text,
                  struct form *out)
{
    struct form_section *sections = arena_array(a, MOST, sizeof *sections);
    struct form_question *questions = arena_array(a, MOST, sizeof *questions);
    *out = (struct form){.id = "fixture",
                         .weighting = weighting,
                         .autofail_zero = true,
                         .clamp = true,
                         .sections = sections,
                         .questions = questions};
    for (char *p = arena_copy(a, text); *p;) {
        size_t n = *p == '[' ? strcspn(p, "]") + 1 : strcspn(p, " ");
        char *piece = arena_text(a, (struct slice){p, n});
        if (*p == '[')
            section(a, out, sections, piece + 1);
        else
            question(a, out, questions, piece);
        p += n;
        p += strspn(p, " ");
    }
}

static const char *add_option(struct arena *a, struct form_question *q, const char *value,
                              enum form_scope fails)
{
    char *id = arena_format(a, "%s%s", value, fails ? form_scope_names[fails] : "");
    if (form_find_option(q, id) == FORM_NONE)
        ((struct form_option *)q->options)[q->n_options++] =
            (struct form_option){id, id, fixture_frac(value), fails};
    return id;
}

static enum form_scope fails_of(char *value)
{
    char *mark = strchr(value, '!');
    if (!mark)
        return FORM_FAILS_NOTHING;
    *mark++ = 0;
    return (enum form_scope)call_name_index(form_scope_names, mark);
}

static enum form_locus locus_of(char *value)
{
    char *mark = strchr(value, '@');
    if (!mark)
        return FORM_AGENT;
    *mark++ = 0;
    return (enum form_locus)call_name_index(form_locus_names, mark);
}

static void answer(struct arena *a, struct form_question *q, char *value, struct answer *out)
{
    out->locus = locus_of(value);
    enum form_scope fails = fails_of(value);
    out->reason = out->locus ? "the system shows it twice" : "";
    if (strcmp(value, "na") == 0) {
        out->state = ANSWER_NA;
    } else if (strcmp(value, "-") != 0) {
        const char **values = arena_array(a, 1, sizeof *values);
        values[0] = add_option(a, q, value, fails);
        *out = (struct answer){ANSWER_GIVEN, values, 1, out->locus, out->reason, "", NULL, 0};
    }
}

void fixture_answers(struct arena *a, struct form *f, const char *text, struct sheet *out)
{
    char *save, *copy = arena_copy(a, text);
    *out = (struct sheet){.n_answers = f->n_questions,
                          .answers = arena_array(a, f->n_questions, sizeof *out->answers)};
    for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        char *value = strchr(word, '=');
        *value++ = 0;
        int i = form_find_question(f, word);
        ck_assert_msg(i >= 0, "fixture: no question %s", word);
        answer(a, (struct form_question *)&f->questions[i], value, &out->answers[i]);
    }
    tally_conditions(f, out->answers);
}

void fixture_score(struct arena *a, enum form_weighting weighting, const char *form,
                   const char *answers, struct form *f, struct sheet *s)
{
    struct err e = {0};
    fixture_form(a, weighting, form, f);
    fixture_answers(a, f, answers, s);
    ck_assert_msg(tally(f, s, a, &e), "%s", e.text);
}
