#include "ingest/record.h"

extern const struct reader reader_amazon_connect, reader_genesys, reader_twilio_calls,
    reader_twilio_recordings, reader_asterisk_cdr, reader_asterisk_cel, reader_asterisk_queue_log,
    reader_freeswitch_json, reader_freeswitch_xml, reader_siprec, reader_survey,
    reader_survey_lines, reader_vcon;

const struct reader *const record_readers[] = {&reader_amazon_connect,
                                               &reader_genesys,
                                               &reader_twilio_calls,
                                               &reader_twilio_recordings,
                                               &reader_asterisk_cdr,
                                               &reader_asterisk_cel,
                                               &reader_asterisk_queue_log,
                                               &reader_freeswitch_json,
                                               &reader_freeswitch_xml,
                                               &reader_siprec,
                                               &reader_survey,
                                               &reader_survey_lines,
                                               &reader_vcon,
                                               NULL};
