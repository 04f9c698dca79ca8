/* Logs of Asterisk: CDR, CEL and queue_log; tables of surveys. */
#include "fuzz_calls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_calls(fuzz_bytes(data, size), NULL);
    return 0;
}
