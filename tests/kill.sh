#!/bin/sh
# kill BUILD: kills the server (-9) while it takes calls in, again and again. After each kill everything that the import had
# acknowledged must be there, SQLite must find the file sound, and the same import must finish when it is run again.
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
echo "kill: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
