#!/bin/sh
# hostile BUILD: publishes cards that mean harm on a running server, lets them score, and looks whether anybody was hurt: each
# ends within its budget with a clear outcome and no score, pages are answered meanwhile, the server stays the same process.
set -u
build=$1
folder=$(mktemp -d /tmp/earshot-hostile-XXXXXX)
server=
trap '[ -n "$server" ] && kill -9 $server 2>/dev/null; rm -rf "$folder"' EXIT
passed=0
failed=0
check() { # name, command...
    name=$1
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "hostile: FAILED: $name"; fi
}
query() { sqlite3 "$folder/data/earshot.db" "$1"; }
is() { [ "$1" = "$2" ] || { echo "    $1, not $2"; false; }; }

for card in tests/hostile/whole/*.lua; do
    name=$(basename "$card" .lua)
    printf '{"earshot":1,"source":"test","key":"%s","channel":"voice","type":"hostile-%s","turns":[{"who":"agent","start_ms":0,"end_ms":1000,"text":"Harbourmere, my name is Eleni."}]}\n' "$name" "$name"
done >"$folder/calls.jsonl"
printf '{"earshot":1,"source":"test","key":"benign","channel":"voice","type":"support","turns":[{"who":"agent","start_ms":0,"end_ms":1000,"text":"Harbourmere, my name is Eleni."}]}\n' >>"$folder/calls.jsonl"

"$build/earshot" serve --data "$folder/data" --port 0 >"$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 100); do
    grep -q 'Earshot is at' "$folder/server.log" && break
    sleep 0.1
done
address=$(sed -n 's/^Earshot is at //p' "$folder/server.log")
earshot() { "$build/earshot" "$@" --data "$folder/data"; }
answers() { node -e 'fetch(process.argv[1], { signal: AbortSignal.timeout(2000) }).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$address/help"; }

check "calls are taken in" earshot ingest "$folder/calls.jsonl"
check "cards are published" earshot card publish scorecards/support_voice.lua tests/hostile/whole/*.lua >"$folder/publish.log"
for round in 1 2 3; do
    began=$(date +%s)
    earshot score --all >"$folder/score.log" 2>&1 &
    scoring=$!
    while kill -0 $scoring 2>/dev/null; do
        check "round $round: a page is answered meanwhile" answers
    done
    wait $scoring
    ended=$(date +%s)
    check "round $round: 5 runs within their budgets" [ $((ended - began)) -le 15 ]
    check "round $round: nothing hostile has a score" is "$(query "SELECT count(*) FROM card_sheets JOIN calls ON calls.n = card_sheets.call WHERE type LIKE 'hostile-%' AND percent IS NOT NULL")" 0
    check "round $round: the benign call has one" is "$(query "SELECT count(*) FROM card_sheets JOIN calls ON calls.n = card_sheets.call WHERE type = 'support' AND percent IS NOT NULL")" 1
    check "round $round: the same process serves" kill -0 $server
done

# S5: the card that always fails is switched off at its fifth run in a row; its calls wait, everybody else's do not.
for i in 1 2 3 4 5 6 7; do
    printf '{"earshot":1,"source":"again","key":"%s","channel":"voice","type":"hostile-always","turns":[{"who":"agent","start_ms":0,"end_ms":1000,"text":"Hello."}]}\n' "$i"
done >"$folder/again.jsonl"
check "S5: more calls for the card that always fails" earshot ingest "$folder/again.jsonl"
earshot score >"$folder/score.log" 2>&1
check "S5: it is switched off" is "$(query "SELECT count(*) FROM card_versions WHERE card = 'hostile-always' AND off_at > 0")" 1
check "S5: after five runs, not more" [ "$(query "SELECT count(*) FROM card_sheets JOIN calls ON calls.n = card_sheets.call WHERE type = 'hostile-always' AND current = 1")" -lt 8 ]
check "S5: no other is" is "$(query "SELECT count(*) FROM card_versions WHERE off_at > 0")" 1

# S18, S26: what is no source text, and what its own tests keep back, is refused soon.
began=$(date +%s)
{ # S24: words that the program compares with one another
    echo 'do return card { id = nope } end'
    seq -f 'a_word_as_long_as_they_come_%08.0f = 1' 5500
    seq -f 'print(b_word_as_long_as_they_come_%08.0f)' 200
} >"$folder/alike.lua"
for card in tests/hostile/compiled.lua "$folder/alike.lua" tests/hostile/refused/*.lua; do
    earshot card publish "$card" >>"$folder/refused.log" 2>&1
    check "$(basename "$card") is not published" [ $? -ne 0 ]
    check "$(basename "$card"): the same process serves" kill -0 $server
    check "$(basename "$card"): a page is answered" answers
done
check "S24, S26: reading them, and tests that never end, take seconds" [ $(($(date +%s) - began)) -le 20 ]
check "S26: they say which were not run" grep -q 'not run: the tests before it' "$folder/refused.log"

files() { ls /proc/$server/fd | wc -l; }
memory() { awk '/VmRSS/ { print $2 }' /proc/$server/status; }
# Plugins that mean harm, one by one, each before the program's own: it is asked about every file that no reader takes.
mkdir -p "$folder/data/plugins"
printf '#KESTREL-CDR;2;Piraeus;Z\nRuf-Nr;Beginn;Angenommen;Ende;Leitung;Gruppe;Platz;Name;Gegenstelle;Wartezeit;Gespräch;Haltezeit;Nachbearb.;Weiter;Klingelt;Ende durch;Ergebnis;Aufnahme\nK-1;17.10.2026 09:14:02;;17.10.2026 09:19:32;ein;;07;;;18,25;;;;;;Kunde;verloren;\n' >"$folder/day.csv"
echo "WRONG" >"$folder/wrong.txt"
harm=
for plugin in tests/hostile/plugins/*.lua tests/hostile/plugins/flood.lua tests/hostile/plugins/million.lua; do
    [ "$harm" != wrong ] || plugins_memory=$(memory) # all were there once
    harm=$(basename "$plugin" .lua)
    cp "$plugin" "$folder/data/plugins"
    earshot ingest --verbose "$folder/day.csv" "$folder/wrong.txt" >"$folder/plugin.log" 2>&1 &
    reading=$!
    while kill -0 $reading 2>/dev/null; do
        check "plugin $harm: a page is answered meanwhile" answers
    done
    case $harm in
    cyclic | wrong) check "plugin $harm: what is wrong is named" grep -q "^refused  .*wrong.txt: left out: record 1: " "$folder/plugin.log" ;;
    *) check "plugin $harm: it is off for the file, with the reason" grep -q "day.csv: plugin kestrel, 1 call; plugin $harm was off for this file: " "$folder/plugin.log" ;;
    esac
    check "plugin $harm: the same process serves" kill -0 $server
    rm "$folder/data/plugins/$harm.lua"
done
check "plugins: memory is flat ($plugins_memory kB, then $(memory) kB)" [ "$(memory)" -le $((plugins_memory + 2048)) ]
check "nothing wrong is taken, and the benign call is there" is "$(query "SELECT group_concat(source_key) FROM calls WHERE source_key GLOB '[CKW]*'")" K-1

# The whole set, made into cards that can be published; what does not even load is tried by publishing it. Three rounds in
# random order, a benign call among them each time.
for card in tests/hostile/*.lua; do
    name=$(basename "$card" .lua | tr _ -)
    sed "s/return card { section \"s\" {/return card { id = \"set-$name\", version = \"1\", title = \"$name\", applies = { channel = \"voice\", type = \"set-$name\" }, weight = \"question\", section \"s\" { title = \"S\",/
         s/yes_no \"\([a-z]*\)\" {/yes_no \"\1\" { ask = \"$name?\",/" "$card" >"$folder/$name.lua"
    printf '{"earshot":1,"source":"ROUND","key":"%s","channel":"voice","type":"set-%s","turns":[{"who":"agent","start_ms":0,"end_ms":1000,"text":"Harbourmere, my name is Eleni. You get a refund."}]}\n' "$name" "$name" >>"$folder/set.jsonl"
done
printf '{"earshot":1,"source":"ROUND","key":"benign","channel":"voice","type":"support","turns":[{"who":"agent","start_ms":0,"end_ms":1000,"text":"Harbourmere, my name is Eleni."}]}\n' >>"$folder/set.jsonl"
for card in "$folder"/*.lua; do
    earshot card publish "$card" >>"$folder/publish.log" 2>&1
done
published=$(query "SELECT count(*) FROM card_versions WHERE card LIKE 'set-%' AND state = 2")
check "most of the set can be published ($published)" [ "$published" -ge 30 ]
files_before=$(files)
memory_before=$(memory)
for round in 1 2 3; do
    shuf "$folder/set.jsonl" | sed "s/ROUND/round-$round/" >"$folder/round.jsonl"
    earshot ingest "$folder/round.jsonl" >/dev/null 2>&1
    earshot score >"$folder/score.log" 2>&1 # its status is 1: some runs end without a result
    check "round $round of the set: every call was tried" is "$(query "SELECT count(*) FROM calls LEFT JOIN card_sheets ON calls.n = card_sheets.call WHERE source = 'round-$round' AND card_sheets.id IS NULL AND type IN (SELECT card FROM card_versions WHERE state = 2)")" 0
    check "round $round of the set: the benign call scores as ever" is "$(query "SELECT count(DISTINCT packed) FROM card_sheets JOIN calls ON calls.n = card_sheets.call WHERE type = 'support'")" 1
    check "round $round of the set: the same process serves" kill -0 $server
    check "round $round of the set: a page is answered" answers
done
for _ in $(seq 50); do # the server may still be scoring, with a process a card
    [ "$(files)" -gt $((files_before + 2)) ] || break
    sleep 0.2
done
check "open files are flat ($files_before before, $(files) after)" [ "$(files)" -le $((files_before + 2)) ]
check "memory is flat ($memory_before kB before, $(memory) kB after)" [ "$(memory)" -le $((memory_before + 5120)) ]
# S7 is not a card's: a machine without seccomp is tried in tests/test_runner_sandbox.c.
for s in 1 2 3 4 5 6 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26; do
    check "there is a hostile card for S$s" grep -qrE "^-- .*\bS$s\b|S$s:" tests/hostile
done
check "S21: what could differ never does" is "$(query "SELECT count(DISTINCT packed) FROM card_sheets JOIN calls ON calls.n = card_sheets.call WHERE type = 'set-order'")" 1
check "S3: nothing harmless was killed for a system call" is "$(query "SELECT count(*) FROM audit WHERE action = 'forbidden system call'")" 0
check "nothing was touched outside" [ ! -e /tmp/earshot-was-here ]
check "a page is answered afterwards" answers
cat "$folder/score.log"
echo "hostile: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
