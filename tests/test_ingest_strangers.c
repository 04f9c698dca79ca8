/* Files that no reader takes: what is said of them. */
#include <string.h>

#include "support.h"
#include "test_ingest_fixture.h"

static const struct {
    const char *name, *reason;
    struct slice bytes;
} strangers[] = {
    {"a.ulaw", "sox -t ul", SLICE("\xFF\xFE\x7E\x7F\xFF\xFF\x7E\0\xFE\xFE")},
    {"a.wav", "has no WAV header", SLICE("\1\0\2\0\3\0\4\0\5\0")},
    {"a.g722", "G.722 is not read", SLICE("\xDE\x7A\xF7\0\1\2")},
    {"a.gsm", "sox -t gsm", SLICE("\xD5\x6C\0\1\2\3")},
    {"a.wav", "AMR, which is not read", SLICE("#!AMR\n\x3C\0\0\0")},
    {"a.mp3", "WMA, which is not read", SLICE("\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\0")},
    {"a.wav", "MP4, which is not read",
     SLICE("\0\0\0\x20"
           "ftypM4A \0\0")},
    {"a.g729", "G.729 is not read; make a WAV", SLICE("\xDE\x7A\xF7\0\1\2")},
    {"a.vcon.gz", "packed with gzip; unpack it: gunzip", SLICE("\x1F\x8B\x08\0\0\0\0\0")},
    {"a.zip", "a ZIP archive; give the files", SLICE("PK\3\4\x14\0\0\0\0\0 a.wav")},
    {"a.csv", "save the sheet with the calls as CSV",
     SLICE("PK\3\4\x14\0\6\0 [Content_Types].xml")},
    {"a.xls", "an old file of Microsoft Office", SLICE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0")},
    {"a.pdf", "a PDF, which holds pages", SLICE("%PDF-1.7\n1 0 obj\n")},
    {"a.srt", "UTF-16 without the mark",
     SLICE("1\0\r\0\n\0"
           "0\0"
           "0\0:\0"
           "0\0"
           "0\0")},
    {"a.srt", "UTF-16 without the mark",
     SLICE("\0"
           "1\0\r\0\n\0"
           "0\0"
           "0\0:\0"
           "0\0"
           "0")},
    {"a.wav", "BW64, which is not read; make a WAV", SLICE("BW64\xFF\xFF\xFF\xFFWAVEds64")},
    {"a.bin", "its content is not known", SLICE("\0\1\2\3")},
    {"a.txt", "text of another kind", SLICE("\xFF\xFEh\0i\0")},
    {"a.csv", "no column named key", SLICE("colour,size\nred,4\n")},
    {"a.json", "JSON, but of another kind", SLICE("{\"results\": []}")},
    {"a.vtt", "first line is not WEBVTT", SLICE("WEBVTTX\n")},
    {"a.wav", "is empty", SLICE("")},
    {"a.mp3", "holds no MPEG audio", SLICE("\xFF\xFB\x90\0 and no second frame")},
};

START_TEST(strangers_are_refused_by_name)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_file(folder, strangers[_i].name, strangers[_i].bytes);
    fixture_read(&o, folder, NULL);
    const struct ingest_report *r = fixture_report(&o, strangers[_i].name);
    ck_assert_int_eq(r->verdict, INGEST_REFUSED);
    ck_assert_msg(strstr(r->reason, strangers[_i].reason) != NULL, "%s", r->reason);
    fixture_free(&o);
}
END_TEST

TCase *test_ingest_strangers(void)
{
    TCase *t = tcase_create("strangers");
    support_rows(t, strangers_are_refused_by_name, strangers);
    return t;
}
