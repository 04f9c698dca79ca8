/* listen: network addresses as text and back. */
#ifndef SERVE_LISTEN_H
#define SERVE_LISTEN_H

#include "base/arena.h"
#include "base/err.h"

#include <netinet/in.h>

struct listen_address {
    union {
        struct sockaddr any;
        struct sockaddr_in four;
        struct sockaddr_in6 six;
    };
    bool loopback; /* only this machine can reach it */
};

/* An IPv4 or IPv6 address as digits, or "localhost". */
bool listen_parse(const char *text, int port, struct listen_address *out, struct err *e);

/* "http://127.0.0.1:8080"; an address that stands for all is shown as localhost. */
void listen_url(const struct listen_address *at, int port, char *out, size_t size);

/* Without port; an IPv4 address in IPv6 clothes as IPv4. "" for other families. */
const char *listen_address_text(struct arena *a, const struct sockaddr *from);

bool listen_is_loopback(const char *address);
bool listen_is_address(const char *text);

#endif
