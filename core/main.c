/* The command table, and the one command that needs the web server. */
#include "cli/cli.h"
#include "cli/control.h"
#include "cli/sign_ins.h"
#include "cli/watching.h"
#include "serve/pages.h"
#include "serve/serve.h"

#include <signal.h>
#include <string.h>

static bool read_options(struct cli *c, struct serve_options *o, struct err *e)
{
    const char *port = cli_value(c, "port");
    int64_t number = 8080;
    if (port && (!slice_integer(slice_of(port), &number) || number < 0 || number > 65535))
        return err_set(e, ERR_INPUT,
                       "--port %s: a port is a number from 0 to 65535 (0: any free one)", port);
    *o = (struct serve_options){.data = c->data,
                                .address = cli_value(c, "address"),
                                .port = (int)number,
                                .behind_tls = cli_value(c, "behind-tls"),
                                .allow_public = cli_value(c, "allow-public"),
                                .version = cli_version,
                                .clock = c->clock};
    const char *host = cli_value(c, "host");
    const char **hosts = arena_array(c->arena, 2, sizeof *hosts);
    hosts[0] = host;
    o->hosts = hosts;
    return true;
}

static void greet(struct cli *c, const struct server *server)
{
    fprintf(c->out, "\nEarshot is at %s\n", serve_url(server));
    cli_show_walls(c);
    sign_ins_show(c);
    fprintf(c->out, "Stop it with Ctrl-C.\n");
    fflush(c->out);
}

/* A folder watched beside the pages; `*out` stays NULL where none is to be. */
static bool start_watching(struct cli *c, struct watching **out, struct err *e)
{
    const char *folder = cli_value(c, "watch");
    struct watching_options o = {
        .settle_s = WATCHING_SETTLE_S, .store = c->store, .runner = c->runner, .clock = c->clock};
    if (!folder)
        return true;
    o.folder = cli_path(c, folder);
    return watching_start(out, &o, e);
}

static bool serve(struct cli *c, struct app *app, struct err *e)
{
    struct server *server = NULL;
    struct control *control = NULL;
    struct watching *watching = NULL;
    bool ok = control_open(&control, c->commands, c->data, c->store, c->runner, e) &&
              start_watching(c, &watching, e) && serve_start(&server, app, e);
    if (ok) {
        greet(c, server);
        serve_until_signal(server);
    }
    serve_stop(server);
    watching_stop(watching);
    control_close(control);
    return ok;
}

static enum cli_exit run_serve(struct cli *c)
{
    struct err e = {0};
    struct serve_options options;
    struct app *app = NULL;
    if (c->n_words)
        return cli_usage(c, "takes no words");
    bool ok = read_options(c, &options, &e) && sign_ins_first_admin(c, &e) &&
              app_open(&app, &options, page_routes, c->store, c->runner, &e) && serve(c, app, &e);
    app_close(app);
    return ok ? CLI_DONE : cli_fail(c, &e);
}

static const struct cli_option serve_options[] = {
    {"port", "PORT", "default 8080; 0: any free one"},
    {"address", "ADDRESS", "network address to listen on (default 127.0.0.1)"},
    {"watch", "FOLDER", "take in what appears in this folder (earshot help watch)"},
    {"host", "NAME", "a further name by which browsers may call this server"},
    {"behind-tls", NULL, "a proxy with TLS stands before us"},
    {"allow-public", NULL,
     "listen on a public address without TLS (passwords travel in the clear)"},
    {NULL},
};

static const struct cli_command cli_serve = {
    .name = "serve",
    .usage =
        "serve [--data FOLDER] [--port PORT] [--address ADDRESS] [--host NAME] [--watch FOLDER]",
    .help = "serve the review pages",
    .more = "The first start makes an admin and prints the password once. While the server runs, "
            "commands that change something\n"
            "hand their work to it.",
    .flags = CLI_WRITES | CLI_MAKES | CLI_RUNS | CLI_ALONE,
    .options = serve_options,
    .run = run_serve,
};

static const struct cli_command *const commands[] = {
    &cli_serve, &cli_ingest,  &cli_score,           &cli_card,     &cli_user,
    &cli_demo,  &cli_rebuild, &cli_export,          &cli_settings, &cli_sheet,
    &cli_watch, &cli_waiting, &cli_imports,         &cli_token,    &cli_plugin,
    &cli_noted, &cli_help,    &cli_version_command, NULL};

int main(int argc, char **argv)
{
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk, not a reason to die */
    bool serving = argc > 1 && strcmp(argv[1], cli_serve.name) == 0;
    if (serving)
        sigprocmask(SIG_BLOCK, &stop,
                    NULL); /* before any thread is there: serve_until_signal waits for them */
    return cli_main(argc, argv, commands);
}
