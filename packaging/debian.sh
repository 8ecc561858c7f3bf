#!/bin/sh
# Installs the Debian packages that PyPI's Qt and the tests need: `debian.sh run` or `debian.sh test`.
# Does nothing when all are there; without root it prints the one command to run.
set -eu

run="libasound2 libdbus-1-3 libegl1 libfontconfig1 libgl1 libnss3 libxcb-cursor0 libxcb-icccm4 libxcb-image0
 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 libxcomposite1
 libxdamage1 libxkbcommon-x11-0 libxkbfile1 libxrandr2 libxtst6 fonts-noto-core"
test="chromium dbus gnome-keyring binutils xvfb xdotool imagemagick apache2-bin php-cli php-curl php-gd
 php-mbstring php-sqlite3 php-xml"

command -v dpkg-query >/dev/null || exit 0
wanted=$run
if [ "${1:-run}" = test ]; then
    wanted="$run $test"
    # The checkers of the reader's page; wherever these two came from is fine.
    command -v java >/dev/null || wanted="$wanted default-jre-headless"
    command -v npm >/dev/null || wanted="$wanted npm"
fi

missing=""
for package in $wanted; do
    # Newer releases carry some libraries under a name with a suffix.
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
        dpkg-query -W -f='${Status}' "${package}t64" 2>/dev/null | grep -q 'install ok installed' ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ]; then
    echo "These system packages are missing; install them and run make again:" >&2
    echo "    sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
echo "Setting up system packages:$missing"
apt-get update -qq
available=""
for package in $missing; do
    if apt-cache show "${package}t64" >/dev/null 2>&1; then available="$available ${package}t64"; else available="$available $package"; fi
done
# shellcheck disable=SC2086 - a list of words is meant
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $available >/dev/null
