#!/bin/sh
# install PACKAGE...: installs the Debian packages that are missing, or says which an administrator should install.
# A package named COMMAND:PACKAGE is wanted only where the command is not there from elsewhere.
set -eu
wanted=
for name in "$@"; do
    package=${name#*:}
    case $name in *:*) command -v "${name%%:*}" >/dev/null && continue ;; esac
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || wanted="$wanted $package"
done
[ -n "$wanted" ] || exit 0
echo "Installing:$wanted"
if [ "$(id -u)" = 0 ]; then
    sudo=
elif command -v sudo >/dev/null; then
    sudo=sudo
else
    echo "Please ask an administrator for: apt-get install$wanted" >&2
    exit 1
fi
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $wanted >/dev/null
