/* E-mails: each message of a mailbox by itself, HTML, and the contacts they become. */
#include "fuzz_calls.h"
#include "ingest/mail.h"

static void check_messages(struct slice rest)
{
    struct arena *a = arena_open();
    struct slice message;
    struct mail mail;
    size_t left = rest.n;
    while (mail_next(&rest, &message)) {
        fuzz_must(rest.n < left && message.n <= left);
        left = rest.n;
        if (mail_parse(message, a, &mail))
            fuzz_must(utf8_valid(slice_of(mail.text)) && utf8_valid(slice_of(mail.subject)) &&
                      mail.from && mail.to && mail.root && mail.attachments);
    }
    arena_close(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct slice bytes = fuzz_bytes(data, size);
    mail_html(bytes, a);
    arena_close(a);
    check_messages(bytes);
    fuzz_calls(bytes, NULL);
    return 0;
}
