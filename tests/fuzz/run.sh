#!/bin/bash
# run.sh PROGRAM NAME SECONDS: replays the crashes that were found before, then looks for new ones. What is worth keeping
# between runs lies beside the program; the seeds in corpus/NAME are only read. FUZZ_SEED makes the search the same each time. Prints one line; a finding is kept in
# crashes/NAME and fails.
set -u
program=$1 name=$2 seconds=$3
here=tests/fuzz crashes=tests/fuzz/crashes/$name log=$program.log
kept=$(dirname "$program")/corpus/$name
limits="-timeout=10 -rss_limit_mb=1024 -max_len=16384"
mkdir -p "$kept" "$crashes" "$here/corpus/$name"

fail() { cat "$log"; echo "fuzz $name: $1" >&2; exit 1; }

for crash in "$crashes"/*; do
    [ -f "$crash" ] || continue
    "$program" $limits "$crash" >"$log" 2>&1 || fail "$crash still fails"
done
dict=$here/$name.dict
"$program" $limits -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -print_final_stats=1 -artifact_prefix="$crashes/" \
    $([ -f "$dict" ] && echo -dict="$dict") "$kept" "$here/corpus/$name" >"$log" 2>&1 || fail "a finding, kept in $crashes"
rmdir "$crashes" "$here/corpus/$name" 2>/dev/null
done=$(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) second.*/\1 runs, \2 s/p' "$log")
[ -n "$done" ] || fail "it ran nothing"
printf 'fuzz %-14s %s\n' "$name" "$done"
