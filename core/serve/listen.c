#include "serve/listen.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static bool is_loopback4(uint32_t address)
{
    return ntohl(address) >> 24 == 127;
}

bool listen_parse(const char *text, int port, struct listen_address *out, struct err *e)
{
    *out = (struct listen_address){0};
    if (port < 0 || port > 65535)
        return err_set(e, ERR_INPUT, "A port lies between 0 and 65535; %d does not.", port);
    if (strcmp(text, "localhost") == 0)
        text = "127.0.0.1";
    if (inet_pton(AF_INET, text, &out->four.sin_addr) == 1) {
        out->four.sin_family = AF_INET;
        out->four.sin_port = htons((uint16_t)port);
        out->loopback = is_loopback4(out->four.sin_addr.s_addr);
        return true;
    }
    if (inet_pton(AF_INET6, text, &out->six.sin6_addr) == 1) {
        out->six.sin6_family = AF_INET6;
        out->six.sin6_port = htons((uint16_t)port);
        out->loopback = IN6_IS_ADDR_LOOPBACK(&out->six.sin6_addr);
        return true;
    }
    return err_set(e, ERR_INPUT,
                   "\"%s\" is no address to listen on. Give one as digits, such as 127.0.0.1.",
                   text);
}

void listen_url(const struct listen_address *at, int port, char *out, size_t size)
{
    char text[INET6_ADDRSTRLEN] = "localhost";
    bool six = at->any.sa_family == AF_INET6;
    bool every = six ? IN6_IS_ADDR_UNSPECIFIED(&at->six.sin6_addr)
                     : at->four.sin_addr.s_addr == htonl(INADDR_ANY);
    if (!every && six)
        inet_ntop(AF_INET6, &at->six.sin6_addr, text, sizeof text);
    else if (!every)
        inet_ntop(AF_INET, &at->four.sin_addr, text, sizeof text);
    snprintf(out, size, six && !every ? "http://[%s]:%d" : "http://%s:%d", text, port);
}

const char *listen_address_text(struct arena *a, const struct sockaddr *from)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (from->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)from)->sin_addr, text,
                  sizeof text);
    } else if (from->sa_family == AF_INET6) {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(six))
            inet_ntop(AF_INET, six->s6_addr + 12, text, sizeof text);
        else
            inet_ntop(AF_INET6, six, text, sizeof text);
    }
    return arena_copy(a, text);
}

bool listen_is_address(const char *text)
{
    unsigned char bytes[16];
    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

bool listen_is_loopback(const char *address)
{
    struct listen_address at;
    struct err e = {0};
    return listen_parse(address, 0, &at, &e) && at.loopback;
}
