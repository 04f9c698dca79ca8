#include "cli/cli.h"

#include "base/near.h"
#include "ingest/ingest.h"
#include "render/page.h"
#include "runner/hook.h"
#include "runner/runner.h"
#include "score/manual.h"

#include <string.h>

static void list_commands(struct cli *c)
{
    fprintf(c->out,
            "earshot %s: scorecards and coaching for recorded calls\n\nusage: earshot COMMAND "
            "[OPTION...]\n\n",
            cli_version);
    for (size_t i = 0; c->commands[i]; i++)
        if (!(c->commands[i]->flags & CLI_INNER))
            fprintf(c->out, "  %-10s %s\n", c->commands[i]->name, c->commands[i]->help);
    fprintf(c->out,
            "\nMore: earshot help COMMAND | formats | records | maps | joining | plugins | cards | "
            "fields | pages\n"
            "Exit status: 0 done, 1 some input was refused, 2 wrong usage, 3 could not work\n");
}

struct widths {
    int name, value;
};

static void widen(struct widths *w, const struct cli_option *o)
{
    for (; o && o->name; o++) {
        int name = (int)strlen(o->name), value = o->value ? (int)strlen(o->value) : 0;
        w->name = name > w->name ? name : w->name;
        w->value = value > w->value ? value : w->value;
    }
}

static void show_options(struct cli *c, const struct widths *w, const struct cli_option *o)
{
    for (; o && o->name; o++)
        fprintf(c->out, "  --%-*s %-*s  %s\n", w->name, o->name, w->value, o->value ? o->value : "",
                o->help);
}

static void show_command(struct cli *c, const struct cli_command *k)
{
    static const struct cli_option common[] = {
        {"data", "FOLDER", "the data folder (default: $EARSHOT_DATA, else ./earshot-data)"},
        {"json", NULL, "print JSON, for scripts"},
        {NULL},
    };
    fprintf(c->out, "usage: earshot %s\n\n%s\n", k->usage, k->help);
    if (k->more)
        fprintf(c->out, "\n%s\n", k->more);
    if (k->explain)
        k->explain(c);
    fprintf(c->out, "\n");
    struct widths w = {0};
    widen(&w, k->options);
    widen(&w, common);
    show_options(c, &w, k->options);
    show_options(c, &w, common);
}

static const char *const record_names[][2] = {
    {"updated", "when the source last wrote the record"},
    {"open", "yes: not over when the record was written; no: it was"},
    {"transfers", "how many times the contact was handed on; transferred_to: where to"},
    {"agents", "all who talked: [{\"agent\": \"a07\", \"queue\": \"7100\", \"talk_ms\": 1}]"},
    {"ring_no_answer",
     "whose telephone rang in vain: [{\"agent\": \"a07\", \"ms\": 15000}]; 0: not "
     "reached; without ms: nobody knows how long"},
    {"attempts", "how many times it was offered to an agent"},
    {"holds, longest_hold_ms", "how often, and how long at most, the customer was on hold"},
    {"disconnect_reason", "why it ended, in the source's words; hangup_cause, disposition too"},
    {"recording_location", "where the source keeps the recording"},
    {"legs", "of how many records the call was put together"},
    {"meta_left_out", "how much metadata of the last file was left out: a call keeps 400 pieces"},
    {"participants", "SIPREC: addresses, names and labels of the streams"},
    {"sides", "guessed: nobody said who is the customer; the one who began is taken for it"},
};

static void show_formats(struct cli *c)
{
    const struct ingest_format *f;
    for (size_t i = 0; (f = ingest_format_at(i)); i++)
        fprintf(c->out, "%s\n    %s\n    for example %s\n", f->name, f->what, f->example);
    fprintf(
        c->out,
        "\nWho is who in a transcript: a voice whose name begins with agent, advisor, operator, "
        "customer, caller, client,\n"
        "system or bot says it itself. Where words come from two channels, the agent is on the "
        "first, unless --channels\n"
        "says otherwise. Others are told by --agents and --customers (names as they stand in the "
        "file), or by --first-voice\n"
        "where two voices take turns. A voice that nothing tells is kept with its name before "
        "what it says, on neither side,\n"
        "and listed in the call's metadata as unknown_voices.\n"
        "Whoever begins an e-mail thread is its customer, unless --agents or --customers name "
        "addresses. Its messages join\n"
        "it whenever they come, by Message-ID; what a reply quotes of earlier ones is left out.\n"
        "How a turn sounds is kept where the file says it (Contact Lens, Call Analytics, PCA, "
        "Deepgram, AssemblyAI,\n"
        "Speechmatics, a map, Earshot's own calls): from -1, negative, over 0, neutral or mixed, "
        "to 1, positive.\n"
        "Tables and JSON of other makes: earshot help maps. Records of telephone systems, "
        "surveys: earshot help records\n"
        "A format of your own: earshot help plugins\n");
}

static void show_records(struct cli *c)
{
    fprintf(
        c->out,
        "Logs and exports of telephone systems hold a record a call, or several. A record that "
        "cannot be read is left out\n"
        "and named with its line and the reason; the rest of the file is taken. Only a file "
        "without any good record is\n"
        "refused. (Tables of calls, and calls in our own JSON, are taken whole or not at all.)\n\n"
        "Records that a system delivers several times: the one it wrote last counts, in one file "
        "and from run to run.\n"
        "Times that do not say their zone are taken for UTC, and the report says so, unless "
        "--zone says another: Asterisk's\n"
        "CDR and dated CEL and queue_log, old SIPREC and vCon. A zone is the same all year; "
        "where clocks change, take in\n"
        "summer and winter apart.\n\n"
        "What is kept as metadata beside the fields of a call, wherever the source has it:\n");
    for (size_t i = 0; i < sizeof record_names / sizeof *record_names; i++)
        fprintf(c->out, "    %-24s %s\n", record_names[i][0], record_names[i][1]);
    fprintf(
        c->out,
        "\nAsterisk's CDR and CEL do not say who is inside: by --agents and --customers (numbers, "
        "telephones), else by the\n"
        "context (from-internal, from-trunk), else by short and long numbers; else sides = "
        "guessed. A CDR only fills the gaps\n"
        "of what queue_log or CEL tell of the same call, whichever comes first: its answer is that "
        "of a queue, too.\n"
        "\nSurveys and outcomes come later, as a table or JSON lines that know nothing but:\n"
        "    key source csat nps resolved complaint churned comment at\n"
        "They join the call of that key; keys that no call has are named. Without a source (a "
        "column, or --source) the\n"
        "key alone decides. csat is a number from 0 to 100 (whatever your scale is), nps one from "
        "0 to 10. complaint and\n"
        "churned become metadata, comment and at survey_comment and survey_at. What a survey "
        "answered is not changed by the\n"
        "call's own record when that comes again.\n\n"
        "vCon: read from 0.0.1 to draft 03. Of several recordings the first that lies inside is "
        "kept, and the report says so;\n"
        "the words of all dialogs stand on its time line. party_history gives the wait, the answer "
        "and the customer's time on\n"
        "hold; campaign, skill and interaction_id are kept as metadata. content_hash says whether "
        "the recording has the hash\n"
        "that is stated; where it has not, the report says so, too. Signed ones are read by their "
        "payload; the signature is\n"
        "not checked, since nobody here knows whose key to trust, and the report says that, too. "
        "Nothing is fetched from an\n"
        "address. `earshot export --vcon` writes draft 03.\n");
}

static void show_maps(struct cli *c)
{
    fprintf(
        c->out,
        "A map says what is what in tables (CSV) and JSON that others made: --map FILE. One line "
        "a part, # for remarks.\n\n"
        "    key      = Contact ID         the header of the column, or the path in the JSON\n"
        "    talk_s   = stats.talk         paths are parted by dots; numbers count items from 0\n"
        "    channel  = \"chat\"             in quotes: the same for all\n"
        "    zone     = +02:00             of times that do not say theirs (else --zone, else "
        "UTC)\n"
        "    time     = DD.MM.YYYY         how dates are written, where not as 2026-10-05; "
        "MM/DD/YYYY. The time of day\n"
        "                                  behind it is read as 9:14, 09:14:02, 9:14 pm; seconds "
        "since 1970, too\n"
        "    offered  = Date + Time        columns of a table, joined; empty where one of them is. "
        "Days as "
        "numbers\n"
        "                                  (44566.5), as spreadsheets keep them, are read, too\n"
        "                                  In tables with semicolons 4,5 is a number like 4.5\n"
        "    outcome  = Result             two lines may name one column\n"
        "    outcome.Lost call = abandoned what a word of theirs is called here, for any field\n"
        "    meta.mood = tone.first        kept as metadata \"mood\"\n\n"
        "Where the file holds what was said, too (a table: one row a turn, rows of one key are "
        "one call):\n\n"
        "    calls     = export.chats      JSON: the list of calls; without it, all of the file\n"
        "    turns     = messages          JSON: the list of turns in a call\n"
        "    turn.text = body\n"
        "    turn.who  = from.role         or \"customer\", in quotes\n"
        "    turn.at   = sent              or turn.start_ms, turn.start_s: from the start; a turn "
        "without one keeps its\n"
        "                                  place, and what hangs on its time stays unknown\n"
        "    turn.sentiment = tone         negative, neutral, mixed or positive, or -1 to 1\n"
        "    who.usr   = customer          what turn.who says, and whose side that is\n\n"
        "Fields: key source channel type direction queue agent_id agent_name team customer "
        "customer_class language\n"
        "offered answered ended wait_ms talk_ms hold_ms wrap_ms (or _s) outcome hung_up wrap_up "
        "csat nps resolved\n"
        "recording recording_agent recording_customer transcript\n");
}

/* The word at which a group of the manual begins, and what it is. */
static const char *const word_groups[][2] = {
    {"card", "What a card is made of"},
    {"call", "What the call of a test is made of"},
    {"yes", "What a check gives back"},
    {"call.type", "What a call knows and can be asked"},
    {"search.phrase", "What call.find, call.count and call.list look for"},
    {"call.talk", "What is measured in a call"},
    {"#", "Lua's own, where it differs"},
};

static void show_group(struct cli *c, const char *word)
{
    for (size_t i = 0; i < sizeof word_groups / sizeof *word_groups; i++)
        if (strcmp(word_groups[i][0], word) == 0)
            fprintf(c->out, "%s--- %s ---\n\n", i ? "\n" : "", word_groups[i][1]);
}

static void show_entries(struct cli *c, const struct runner_entry *r, bool shared_alone)
{
    for (; r->name; r++)
        if (r->everywhere || !shared_alone)
            fprintf(c->out, "%s\n    %s\n    %s\n", r->name, r->usage, r->doc);
}

static void show_words(struct cli *c)
{
    for (const struct runner_entry *r = runner_manual(); r->name; r++) {
        show_group(c, r->name);
        fprintf(c->out, "%s\n    %s\n    %s\n", r->name, r->usage, r->doc);
    }
}

/* The parts of a card that may have the field: "yes_no scale choice". */
static void show_parts(struct cli *c, unsigned parts)
{
    for (int i = 0; manual_part_names[i]; i++)
        if (parts & (1u << i))
            fprintf(c->out, " %s", manual_part_names[i]);
}

static void show_fields(struct cli *c)
{
    unsigned parts = 0;
    for (const struct manual_field *f = manual_fields(); f->name; f++) {
        if (f->parts != parts) {
            fprintf(c->out, "%s--- Of", parts ? "\n" : "");
            show_parts(c, f->parts);
            fprintf(c->out, " ---\n\n");
            parts = f->parts;
        }
        fprintf(c->out, "%s\n    %s\n    %s\n", f->name, f->usage, f->doc);
    }
}

static void show_blocks(struct cli *c)
{
    const struct page_block_doc *b;
    for (size_t i = 0; (b = page_block(i)); i++)
        fprintf(c->out, "%s\n    %s\n    %s\n", b->name, b->usage, b->doc);
}

static void show_joining(struct cli *c)
{
    fprintf(
        c->out,
        "Recording, transcript and record of one call may come in any order, in different runs, "
        "under different names.\n"
        "They find each other by source and key; by the key in a file's name; by a name that "
        "differs in one folder alone\n"
        "(recordings/K1.wav, transcripts/K1.vtt); or, where the name has agent, date and time, by "
        "that agent's one call\n"
        "about then. The last two are guesses: waiting --joined lists them, and waiting part takes "
        "one out again. A part\n"
        "that could be of several calls, or whose call is not there yet, waits: earshot waiting, "
        "or Imports in the browser.\n"
        "A file that says no key has its path below the folder that was named for one, without the "
        "ending: mon/x and tue/x are\n"
        "two calls. Words that come again under their key replace those before; another recording "
        "waits, since it may be of\n"
        "another call whose file has the same name. A redacted recording or transcript of Amazon "
        "Connect takes the place of the\n"
        "original (metadata recording_redacted, transcript_redacted), never the reverse.\n\n"
        "What names say is told by patterns: --pattern, or the file `joining` in the data "
        "folder:\n"
        "    pattern = {key}_{date}T{time}.wav     parts: {key} {agent} {customer} {queue} "
        "{type} {date} {time}, * for anything\n"
        "    window = 120                          seconds between the name's time and the "
        "call's start\n"
        "    zone = +02:00                         of times in names (UTC unless said)\n"
        "A pattern with the file's own ending goes first; else endings do not count, so that one "
        "pattern serves a\n"
        "recording and its transcript.\n\n"
        "Built in:\n");
    const struct match_doc *m;
    for (size_t i = 0; (m = match_builtin(i)); i++)
        fprintf(c->out, "    %-45s %s\n", m->pattern, m->what);
}

static void show_hooks(struct cli *c)
{
    const struct hook *h;
    for (size_t i = 0; (h = hook_at(i)); i++)
        if (h->there)
            fprintf(c->out, "%s, asked by %s\n    gets %s; gives %s; kept as %s\n    %s\n", h->name,
                    h->asked_by, h->gets, h->gives, h->kept_as, h->doc);
    fprintf(c->out, "\nSet aside, and not asked by this version:");
    for (size_t i = 0; (h = hook_at(i)); i++)
        if (!h->there)
            fprintf(c->out, " %s", h->name);
    fprintf(c->out, "\n");
}

static void show_plugins(struct cli *c)
{
    fprintf(
        c->out,
        "A plugin is one file of Lua. This one reads a table of calls:\n\n"
        "    return plugin {\n"
        "      id = \"tern\", version = \"1.0\", title = \"Tern call records\",\n"
        "      reader = function(file)\n"
        "        if not file.starts \"TERN;\" then return false end\n"
        "        for row in file.rows { separator = \";\", skip = 1 } do\n"
        "          call { key = row[\"Nr\"], agent = { id = row[\"Desk\"] }, wait_ms = "
        "duration(row[\"Wait\"]) }\n"
        "        end\n"
        "      end,\n"
        "      tests = {\n"
        "        test \"a call\" {\n"
        "          file = \"TERN;1\\nNr;Desk;Wait\\nT-1;07;0:12\\n\",\n"
        "          expect = { { key = \"T-1\", wait_ms = 12000 } },\n"
        "        },\n"
        "      },\n"
        "    }\n\n"
        "earshot plugin check FILE tells its faults and runs its tests. In the folder `plugins` of "
        "the data folder it is on\n"
        "from then on. A larger one to copy: earshot plugin show kestrel\n\n"
        "Files that no reader of the program takes are shown to the site's plugins in order of "
        "name, then to those that came\n"
        "with the program, until one takes the file. So begin with a strict look: return false "
        "where the file is not yours.\n"
        "A plugin that fails, or takes too long, is off for that file; the reason is told, and the "
        "next is asked. Files have\n"
        "at most %d MB. A text that is not UTF-8 is taken for windows-1252, unless charset = "
        "\"...\" names another; charset =\n"
        "\"raw\" gives the bytes as they are.\n\n"
        "A call has the fields of our own JSON: source (unless said: --source, or the plugin's id) "
        "key channel (voice) type\n"
        "direction queue agent = { id, name, team } customer customer_class language offered "
        "answered ended wait_ms talk_ms\n"
        "hold_ms wrap_ms (or _s) outcome hung_up wrap_up survey = { csat, nps, resolved } "
        "recording "
        "transcript\n"
        "turns = { { who, start_ms, end_ms, text } }, and meta = { ... } for all else (earshot "
        "help "
        "records has the names that\n"
        "others use). source and key together name the call: the same file again changes nothing. "
        "A "
        "record with a wrong field\n"
        "is left out and named with its line; the rest is taken. read_by in its metadata says "
        "which "
        "text made it.\n\n"
        "Hooks:\n",
        RUNNER_FILE_MOST >> 20);
    show_hooks(c);
    fprintf(c->out, "\nWhat is lent to a plugin:\n");
    show_entries(c, runner_manual_plugin(), false);
    fprintf(c->out, "\nAs in cards, besides Lua's own that do no harm:\n");
    show_entries(c, runner_manual(), true);
}

static const struct {
    const char *name;
    void (*show)(struct cli *c);
} topics[] = {{"formats", show_formats}, {"records", show_records}, {"maps", show_maps},
              {"joining", show_joining}, {"plugins", show_plugins}, {"cards", show_words},
              {"fields", show_fields},   {"pages", show_blocks}};

static bool show_topic(struct cli *c, const char *name)
{
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (strcmp(topics[i].name, name) == 0) {
            topics[i].show(c);
            return true;
        }
    }
    return false;
}

static enum cli_exit run(struct cli *c)
{
    if (!c->n_words) {
        list_commands(c);
        return CLI_DONE;
    }
    for (size_t i = 0; c->commands[i]; i++) {
        if (strcmp(c->commands[i]->name, c->words[0]) == 0) {
            show_command(c, c->commands[i]);
            return CLI_DONE;
        }
    }
    if (show_topic(c, c->words[0]))
        return CLI_DONE;
    struct near near;
    near_start(&near, slice_of(c->words[0]));
    for (size_t i = 0; c->commands[i]; i++)
        near_try(&near, c->commands[i]->name);
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        near_try(&near, topics[i].name);
    return cli_usage(c, "there is no command or topic \"%s\"%s%s%s", c->words[0],
                     near.name ? "; did you mean " : "", near.name ? near.name : "",
                     near.name ? "?" : "");
}

const struct cli_command cli_help = {
    .name = "help",
    .usage = "help [COMMAND | formats | records | maps | joining | plugins | cards | fields | "
             "pages]",
    .help = "say how a command is used, what is read, what cards, plugins and pages may say",
    .run = run,
};
