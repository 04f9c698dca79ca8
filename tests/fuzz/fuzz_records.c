/* Records as JSON: Amazon Connect, Genesys, Twilio, FreeSWITCH, surveys; one value or many. */
#include "fuzz_calls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_calls(fuzz_bytes(data, size), NULL);
    return 0;
}
