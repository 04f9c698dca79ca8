#!/bin/sh
# service BUILD: S6 - the installed unit starts the installed program, keeps its walls, and is one that systemd can read.
set -u
build=$1
folder=$(mktemp -d /tmp/earshot-service-XXXXXX)
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0
check() { # name, command...
    name=$1
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "service: FAILED: $name"; fi
}
make -s install BUILD="$build" PREFIX=/usr DESTDIR="$folder" >/dev/null 2>&1
unit=$folder/usr/lib/systemd/system/earshot.service
check "the unit is installed" [ -f "$unit" ]
check "it starts the program that is installed" grep -q '^ExecStart=/usr/bin/earshot serve ' "$unit"
check "the program is there" [ -x "$folder/usr/bin/earshot" ]
check "the helper is there" [ -x "$folder/usr/bin/earshot-runner" ]
for wall in DynamicUser=yes StateDirectory=earshot ProtectSystem=strict ProtectHome=yes PrivateTmp=yes PrivateDevices=yes \
    NoNewPrivileges=yes CapabilityBoundingSet= MemoryDenyWriteExecute=yes UMask=0077 MemoryMax=3G TasksMax=512 \
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6' 'RestrictNamespaces=user net mnt ipc'; do
    check "$wall" grep -qx "$wall" "$unit"
done
if command -v systemd-analyze >/dev/null; then
    sed "s,/usr/bin,$folder/usr/bin," "$unit" >"$folder/earshot.service"
    check "systemd reads it without a word" [ -z "$(systemd-analyze verify "$folder/earshot.service" 2>&1)" ]
else
    echo "service: systemd-analyze is not here, so only the text of the unit was looked at"
fi
echo "service: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
