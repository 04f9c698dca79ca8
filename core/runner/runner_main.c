/* earshot-runner: started by earshot, never by hand. */
#include "runner/helper.h"
#include "runner/protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <sys/socket.h>
#include <unistd.h>

#if !defined(__SANITIZE_ADDRESS__)
/* base ends the program where memory runs out. The C library does that by signals, which in a child
 * would look like an attack; this way it looks like what it is. */
noreturn void abort(void)
{
    _exit(PROTOCOL_EXIT_MEMORY);
}
#endif

int main(void)
{
    int type;
    socklen_t n = sizeof type;
    if (getsockopt(PROTOCOL_FD, SOL_SOCKET, SO_TYPE, &type, &n) != 0 || type != SOCK_SEQPACKET) {
        fputs("earshot-runner runs scorecards for earshot, which starts it by itself.\n", stderr);
        return 2;
    }
    return helper_run(PROTOCOL_FD);
}
