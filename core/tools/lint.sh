#!/bin/sh
# lint BUILD: holds the tree to core/layers.txt and to the few rules that a compiler cannot know. Prints every breach as
# file:line: what, and fails if there was one.
set -u
build=$1
table=core/layers.txt
found=$(mktemp)
trap 'rm -f "$found"' EXIT

breach() { echo "$*" >>"$found"; }

# The module that a file belongs to: its folder, or its own name for files right in core/.
module_of() {
    case $1 in
    core/*/*) echo "$1" | cut -d/ -f2 ;;
    *) basename "$1" | sed 's/\..*//' ;;
    esac
}
row() { sed -n "s/^$1: *//p" $table; }
uses() { row "$1" | cut -d'|' -f1; }
owner_of() { awk -F'[:|]' -v h="$1" '$0 !~ /^#/ { n = split($3, a, " "); for (i = 1; i <= n; i++) if (a[i] == h) print $1 }' $table; }

# 1. Layers: who includes whom, and one owner for each outside header.
for file in $(find core -name '*.[ch]' | sort); do
    module=$(module_of "$file")
    [ -n "$(sed -n "/^$module:/p" $table)" ] || breach "$file:1: module \"$module\" has no row in $table"
    allowed=" $module $(uses "$module") "
    grep -nE '^ *# *include' "$file" | while IFS=: read -r line text; do
        case $text in
        *\"*/*\"*) other=$(echo "$text" | sed 's/.*"\([a-z]*\)\/.*/\1/') ;;
        *\"*\"*) other=$(echo "$text" | sed 's/.*"\([a-z_]*\)\.h".*/\1/')
            case $other in flow) ;; *) continue ;; esac ;;
        *\<*\>*)
            header=$(echo "$text" | sed 's/.*<\(.*\)>.*/\1/')
            owner=$(owner_of "$header")
            [ -z "$owner" ] || [ "$owner" = "$module" ] ||
                breach "$file:$line: only $owner/ may include <$header>"
            case $header in */*|*sqlite*|*lua*|*microhttpd*|*cmark*|*sndfile*|*seccomp*|*sodium*|*utf8proc*)
                [ -n "$owner" ] || case $header in sys/*|linux/*|arpa/*|netinet/*) ;; *) breach "$file:$line: <$header> has no owner in $table" ;; esac ;;
            esac
            continue ;;
        *) continue ;;
        esac
        case "$allowed" in *" $other "*) ;; *) breach "$file:$line: $module/ may not include \"$other/...\"; see $table" ;; esac
    done
done

# 2. Names: what a module shows to others bears its name or its header's name. 3. No writable globals.
for archive in "$build"/lib*.a; do
    module=$(basename "$archive" .a | sed 's/^lib//')
    prefixes=$( (echo "$module"; ls core/"$module"/*.h 2>/dev/null | xargs -rn1 basename | sed 's/\.h$//; p; s/s$//; p; s/$/s/'; [ "$module" = cli ] && echo flow) | sort -u | paste -sd'|')
    nm -A --defined-only "$archive" 2>/dev/null | awk '$2 ~ /^[TRDBV]$/ || $(NF-1) ~ /^[TRDBV]$/ { print $NF, $1 }' | while read -r name where; do
        echo "$name" | grep -qE "^($prefixes)(_|$)" || breach "$where $name should begin with one of: $prefixes"
    done
    size -A "$archive" 2>/dev/null | awk '/:$|:  *$/ { object = $1 } $1 ~ /^\.(data|bss)$/ && $2 > 0 { print object, $1, $2 }' | while read -r object section bytes; do
        breach "$archive $object: $bytes bytes of writable globals ($section)"
    done
done

# 4. No formatting into SQL or HTML.
grep -nE '(printf|buf_format|arena_format) *\(.*"[^"]*(SELECT |INSERT |UPDATE |DELETE )' core/*/*.c | while IFS= read -r hit; do
    breach "$hit: SQL is a fixed text with named parameters"
done
grep -nE '(printf|buf_format|arena_format|buf_str) *\(.*"[^"]*<[a-z/]' core/render/*.c core/serve/*.c core/desk/*.c | grep -v 'core/render/html.c' | while IFS= read -r hit; do
    breach "$hit: HTML is written through struct html"
done

# 5. Length of files.
for file in $(find core tests web scorecards plugins -name node_modules -prune -o \( -name '*.[ch]' -o -name '*.lua' -o -name '*.js' -o -name '*.mjs' \) -print); do
    lines=$(wc -l <"$file")
    [ "$lines" -le 500 ] || breach "$file:500: $lines lines; a file has one reason to change and at most 500 lines"
done

# 6. Hardening of the finished programs.
for program in "$build"/earshot "$build"/earshot-runner; do
    [ -f "$program" ] || { breach "$program: not built"; continue; }
    readelf -h "$program" | grep -q 'DYN' || breach "$program: not position independent (-pie)"
    readelf -lW "$program" | grep -q GNU_RELRO || breach "$program: no RELRO"
    readelf -dW "$program" | grep -q BIND_NOW || readelf -dW "$program" | grep -q 'NOW' || breach "$program: binds lazily (-z now)"
    readelf -lW "$program" | grep GNU_STACK | grep -q 'RWE' && breach "$program: executable stack"
    nm -D "$program" | grep -q __stack_chk_fail || breach "$program: no stack protector"
    nm -D "$program" | grep -q '_chk' || breach "$program: not fortified"
done

cat "$found"
count=$(wc -l <"$found")
echo "lint: $count breach(es)"
[ "$count" -eq 0 ]
