/* Pages name their icon by themselves. This answers browsers that ask for one beside a file. */
#include "serve/app.h"
#include "serve/assets.h"
#include "serve/pages.h"

#include <string.h>

void page_icon(struct app *app, struct request *r, struct response *out)
{
    const char *address = app_bundle(app, r->arena, "icon.svg");
    if (!address) {
        out->status = 204;
        return;
    }
    out->lasting = assets_static(strrchr(address, '/') + 1);
    out->type = assets_type(address);
}
