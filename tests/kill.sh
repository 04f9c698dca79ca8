#!/bin/sh
# kill BUILD: kills the server (-9) while it takes calls in, again and again. After each kill everything that the import had
# acknowledged must be there, SQLite must find the file sound, and the same import must finish when it is run again. Then
# kills the importer itself at random moments: run again, it must end with the same bytes as one that was left alone.
set -u
build=$1
rounds=${KILL_ROUNDS:-5}
folder=$(mktemp -d /tmp/earshot-kill-XXXXXX)
server=
trap '[ -n "$server" ] && kill -9 $server 2>/dev/null; rm -rf "$folder"' EXIT
failed=0
passed=0

check() { # name, command...
    name=$1
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "kill: FAILED: $name"; fi
}
start_server() {
    "$build/earshot" serve --data "$folder/data" --port 0 >"$folder/server.log" 2>&1 &
    server=$!
    for _ in $(seq 100); do
        grep -q 'Earshot is at' "$folder/server.log" && return
        sleep 0.1
    done
    cat "$folder/server.log"
    echo "kill: the server did not start"
    exit 1
}
sound() { [ "$(sqlite3 "$folder/data/earshot.db" 'PRAGMA integrity_check; PRAGMA foreign_key_check;')" = ok ]; }
calls() { sqlite3 "$folder/data/earshot.db" 'SELECT count(*) FROM calls'; }
has_at_least() { [ "$(calls)" -ge "$1" ]; }

# one file a call, so that the progress line says what was acknowledged
mkdir "$folder/in"
head -n 300 tests/demo/calls.jsonl | sed 's/"recording":{[^}]*},\{0,1\}//; s/,}/}/' |
    awk -v d="$folder/in" '{ f = sprintf("%s/c%03d.json", d, NR); print > f; close(f) }'

for round in $(seq "$rounds"); do
    start_server
    "$build/earshot" ingest --verbose --data "$folder/data" "$folder/in" >"$folder/ingest.log" 2>&1 &
    import=$!
    sleep "0.$((round * 13 % 9 + 1))"
    before=$(calls)
    kill -9 $server
    wait $server 2>/dev/null
    wait $import 2>/dev/null
    server=
    check "round $round: the file is sound" sound
    check "round $round: what was committed is there ($before calls)" has_at_least "$before"
done
start_server
"$build/earshot" ingest --data "$folder/data" "$folder/in" >"$folder/ingest.log" 2>&1
check "the import runs to its end" grep -q '0 refused' "$folder/ingest.log"
check "all calls are there" has_at_least 300
check "and sound" sound
kill $server
wait $server
check "the server stops cleanly" [ $? -eq 0 ]
server=
# the importer alone, with recordings; each round on a folder of its own
mkdir "$folder/parts"
cp -r tests/demo/audio "$folder/parts/"
cp tests/demo/calls.jsonl "$folder/parts/"
for n in $(seq 40); do # parts that wait, find their call, or stand alone
    printf 'WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Harbourmere Energy, call %d.\n' "$n" >"$folder/parts/K${n}_20260105T1020_UTC.vtt"
    printf '{"earshot":1,"source":"pbx","key":"K%d","channel":"voice"}\n' "$n" >"$folder/parts/record$n.json"
    printf 'WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Waits %d.\n' "$n" >"$folder/parts/x${n}_GUID_1_AGENT_nobody_DT_2026-01-05T10-20-00_M.vtt"
done
ingest() { "$build/earshot" ingest --data "$1" "$folder/parts" >"$folder/ingest.log" 2>&1; }
began=$(date +%s%N)
ingest "$folder/clean"
took=$((($(date +%s%N) - began) / 1000000))
"$build/earshot" export --data "$folder/clean" >"$folder/clean.txt"
same() { cmp "$folder/clean.txt" "$folder/killed.txt"; }
nothing_left() { [ -z "$(find "$1" -name '*.part*' -o -path '*/temporary/*')" ]; }
for round in $(seq "${KILL_IMPORTS:-20}"); do
    data=$folder/killed$round
    at=$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')
    "$build/earshot" ingest --data "$data" "$folder/parts" >"$folder/ingest.log" 2>&1 &
    import=$!
    sleep "$(awk -v a="$at" -v t="$took" 'BEGIN { printf "%.3f", a / 65536 * t / 1000 }')"
    kill -9 $import 2>/dev/null
    wait $import 2>/dev/null
    ingest "$data"
    "$build/earshot" export --data "$data" >"$folder/killed.txt"
    check "importer killed, round $round: byte-equal to a clean run" same
    check "importer killed, round $round: nothing is left over" nothing_left "$data"
    rm -rf "$data"
done
echo "kill: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
