#include "render/block.h"

/* Where to start: the stretch, else what the page was asked for with ?t=. */
static const char *start_of(struct draw *d, const struct view_item *item)
{
    char from[HTML_TIME], to[HTML_TIME];
    if (item->from_ms != CALL_UNKNOWN)
        return arena_format(d->arena, "#t=%s,%s", html_print_seconds(item->from_ms, from),
                            html_print_seconds(item->to_ms, to));
    const char *asked = page_text(d->view, "t");
    double seconds;
    if (!asked || !slice_number(slice_of(asked), &seconds) || seconds < 0 || seconds > 1e6)
        return "";
    return arena_format(d->arena, "#t=%s", html_print_seconds((int64_t)(seconds * 1000), from));
}

static void attributes(struct draw *d, const struct view_item *item)
{
    struct html *h = d->html;
    const struct call *c = item->call;
    html_attr(h, "class", "player");
    html_attr(h, "id", "player");
    html_attr(h, "aria-label", html_word(h, "Recording"));
    html_url(h, "data-peaks", arena_format(d->arena, "/calls/%s/peaks", c->id));
    if (c->recording_ms > 0)
        html_attr_seconds(h, "data-duration", c->recording_ms);
    const char *first = call_side_names[c->recording_channels[0]];
    const char *second = call_side_names[c->recording_channels[1]];
    html_attr(h, "data-channels",
              c->recording_n_channels > 1 ? arena_format(d->arena, "%s %s", first, second)
              : c->recording_channels[0] == CALL_SYSTEM ? "mixed"
                                                        : first);
    if (item->from_ms != CALL_UNKNOWN) {
        html_attr_seconds(h, "data-from", item->from_ms);
        html_attr_seconds(h, "data-to", item->to_ms);
    }
}

static void draw_player(struct draw *d, const struct view_item *item)
{
    struct html *h = d->html;
    d->has_player = true;
    html_open(h, "section");
    attributes(d, item);
    html_open(h, "audio");
    html_flag(h, "controls", true);
    html_attr(h, "preload", "metadata");
    html_url(h, "src",
             arena_format(d->arena, "/calls/%s/audio%s", item->call->id, start_of(d, item)));
    html_close(h, "audio");
    html_close(h, "section");
}

void block_player(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_CALL);
    if (!item)
        return;
    if (item->call->recording[0])
        draw_player(d, item);
    else if (item->call->channel == CALL_VOICE)
        html_leaf(d->html, "p", "note", html_word(d->html, "There is no recording of this call."));
}
