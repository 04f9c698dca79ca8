#!/bin/sh
# run.sh BUILD: makes a demo centre, serves it, and sends a browser through it.
set -u
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d /tmp/earshot-browser-XXXXXX)
server=
trap '[ -n "$server" ] && kill $server 2>/dev/null && wait $server 2>/dev/null; rm -rf "$folder"' EXIT

(cd "$here" && [ -d node_modules ] || (cd "$here" && npm ci --silent --no-audit --no-fund)) || exit 1
"$build/earshot" demo --data "$folder/data" >"$folder/demo.log" 2>&1 || { cat "$folder/demo.log"; exit 1; }
"$build/earshot" serve --data "$folder/data" --port 0 >"$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 100); do
    grep -q 'Earshot is at' "$folder/server.log" && break
    sleep 0.1
done
address=$(sed -n 's/^Earshot is at //p' "$folder/server.log")
[ -n "$address" ] || { cat "$folder/server.log"; echo "browser: the server did not start"; exit 1; }
node "$here/run.mjs" --base "$address" --signins "$folder/data/sign-ins.json" --shots "$build/browser"
status=$?
grep -E 'warning' "$folder/server.log"
exit $status
