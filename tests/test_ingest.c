#include "support.h"

#include "test_ingest_fixture.h"

int main(void)
{
    Suite *s = suite_create("ingest");
    suite_add_tcase(s, test_ingest_sound());
    suite_add_tcase(s, test_ingest_strangers());
    suite_add_tcase(s, test_ingest_readers());
    suite_add_tcase(s, test_ingest_groups());
    suite_add_tcase(s, test_ingest_match());
    suite_add_tcase(s, test_ingest_plugins());
    suite_add_tcase(s, test_ingest_spool());
    suite_add_tcase(s, test_ingest_heaps());
    suite_add_tcase(s, test_ingest_transcripts());
    suite_add_tcase(s, test_ingest_written());
    suite_add_tcase(s, test_ingest_records());
    suite_add_tcase(s, test_ingest_pieces());
    suite_add_tcase(s, test_ingest_vcon());
    return support_run(s, "ingest");
}
