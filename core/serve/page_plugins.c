/* Which plugins a site has, and why one is off. They are put in place on the machine, not here. */
#include "desk/plugin_list.h"
#include "serve/pages.h"

void page_plugins(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    if (!page_looks(app, r, out, &d))
        return;
    struct table *plugins = plugin_list_of(&d);
    if (r->format != REQUEST_HTML) {
        response_table(r, out, plugins, "plugins");
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "folder", plugin_list_folder(&d));
    page_put_list(v, "plugins", plugins, &(struct page_list){.address = "/plugins"});
    route_page(app, r, out, "plugins", v, "Plugins", "");
}
