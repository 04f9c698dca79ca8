#include "model/form.h"

#include <string.h>

const char *const form_weighting_names[] = {"question", "section", "points", "group_points", NULL};
const char *const form_kind_names[] = {"choice", "multi", "number", "text", "date", NULL};
const char *const form_critical_names[] = {"none", "customer", "business", "compliance", NULL};
const char *const form_scope_names[] = {"none", "question", "section", "form", NULL};
const char *const form_locus_names[] = {"agent", "process", "tool", "policy", "customer", NULL};
const char *const form_note_names[] = {"optional", "on_fail", "required", NULL};
const char *const form_auto_names[] = {"suggest", "answer", NULL};
const char *const form_test_names[] = {"is",      "not", "any_of", "none_of", "all_of",
                                       "exactly", "all", "any",    NULL};

int form_find_question(const struct form *f, const char *id)
{
    for (size_t i = 0; i < f->n_questions; i++)
        if (strcmp(f->questions[i].id, id) == 0)
            return (int)i;
    return FORM_NONE;
}

int form_find_option(const struct form_question *q, const char *id)
{
    for (size_t i = 0; i < q->n_options; i++)
        if (strcmp(q->options[i].id, id) == 0)
            return (int)i;
    return FORM_NONE;
}

const char *form_label(struct arena *a, const char *label)
{
    if (*label < 'a' || *label > 'z')
        return label;
    char *out = arena_copy(a, label);
    *out = (char)(*out - 'a' + 'A');
    return out;
}

const char *form_band_of(const struct form *f, struct frac percent)
{
    const char *name = "";
    for (size_t i = 0; i < f->n_bands; i++)
        if (frac_compare(f->bands[i].from, percent) <= 0)
            name = f->bands[i].name;
    return name;
}
