#include "cli/sign_ins.h"

#include "base/file.h"
#include "base/json.h"
#include "desk/people.h"

enum { MOST = 64 * 1024 };

void sign_ins_show(struct cli *c)
{
    struct err e = {0};
    struct slice text;
    if (!file_read(c->arena, file_join(c->arena, c->data, "sign-ins.json"), MOST, &text, &e))
        return;
    struct json *all = json_parse(text, JSON_DEPTH, &e);
    fprintf(c->out, "\n  %-10s %-8s %-20s %s\n", "role", "login", "password", "name");
    for (const struct json *s = json_first(all); s; s = json_next(s))
        fprintf(c->out, "  %-10s %-8s %-20s %s\n", json_get_text(s, "role", ""),
                json_get_text(s, "login", ""), json_get_text(s, "password", ""),
                json_get_text(s, "name", ""));
    fprintf(c->out, "\n");
    json_free(all);
}

bool sign_ins_first_admin(struct cli *c, struct err *e)
{
    struct store_user *users,
        admin = {.login = "admin", .name = "Admin", .role = STORE_ADMIN, .team = "", .agent = ""};
    size_t n;
    struct desk d;
    char password[PEOPLE_PASSWORD];
    cli_desk(c, &d);
    if (!store_user_list(c->store, c->arena, &users, &n, e))
        return false;
    if (n)
        return true;
    if (!people_add(&d, &admin, password, e))
        return false;
    fprintf(c->out, "First start. Sign in as admin with this password, shown only now: %s\n",
            password);
    return true;
}
