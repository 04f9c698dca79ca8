/* embed NAME DIR FILE...: prints a C header that holds the files as one table
 *
 *     static const struct { const char *name; const unsigned char *bytes; size_t size; } NAME[];
 *
 * ending with a row whose name is NULL. Each array has one NUL byte more than `size`, so that texts
 * can be read as C strings. Build tool only; never part of the program.
 */
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static long print_bytes(const char *table, const char *dir, const char *file, int index)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, file);
    FILE *in = fopen(path, "rb");
    if (!in)
        fail(path);
    printf("static const unsigned char %s_file_%d[] = {", table, index);
    long size = 0;
    for (int c; (c = getc(in)) != EOF; size++)
        printf("%s%d,", size % 24 ? "" : "\n", c);
    if (ferror(in))
        fail(path);
    fclose(in);
    printf("0};\n");
    return size;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: embed NAME DIR FILE...\n");
        return 2;
    }
    long *sizes = calloc((size_t)argc, sizeof *sizes);
    if (!sizes)
        fail("embed");
    printf("#include <stddef.h>\n");
    for (int i = 3; i < argc; i++)
        sizes[i] = print_bytes(argv[1], argv[2], argv[i], i);
    printf("static const struct {\n    const char *name;\n    const unsigned char *bytes;\n"
           "    size_t size;\n} %s[] = {\n",
           argv[1]);
    for (int i = 3; i < argc; i++)
        printf("    {\"%s\", %s_file_%d, %ld},\n", argv[i], argv[1], i, sizes[i]);
    printf("    {0},\n};\n");
    free(sizes);
    return ferror(stdout) ? 1 : 0;
}
