#include "serve/assets.h"

#include "web_pages.h"
#define file_0 static_file_0
#include "web_static.h"

#include <string.h>
