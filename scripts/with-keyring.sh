#!/bin/sh
# Runs a command with an unlocked credential store of its own, for tests.
#
#   scripts/with-keyring.sh COMMAND [ARGUMENT]...
#
# The command sees a private session bus, a private home directory and GNOME Keyring's Secret
# Service, unlocked; it needs no display and may run as root. The store of the person who runs the
# tests is never touched. The exit status is the command's own.
#
# KEYRING_HOME names an existing directory to use as the home, so that a second run finds what the
# first one stored. Without it the home is a temporary directory, removed at the end.
set -eu

if [ "$#" -eq 0 ]; then
  echo "usage: with-keyring.sh COMMAND [ARGUMENT]..." >&2
  exit 2
fi

require() {
  if ! command -v "$1" >/dev/null; then
    echo "with-keyring.sh: $1 is not installed; install the Debian package $2" >&2
    exit 127
  fi
}
require dbus-run-session dbus-daemon
require gdbus libglib2.0-bin
require gnome-keyring-daemon gnome-keyring

# The runtime directory holds sockets, whose paths must stay short, and no two sessions may share it.
runtime=$(mktemp -d)
home=${KEYRING_HOME:-$runtime/home}
trap 'rm -rf "$runtime"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p "$home"

# Names of the caller's desktop would lead to the caller's store or to a prompt.
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL
export HOME="$home" XDG_RUNTIME_DIR="$runtime"
export XDG_DATA_HOME="$home/.local/share" XDG_CONFIG_HOME="$home/.config" XDG_CACHE_HOME="$home/.cache" \
  XDG_STATE_HOME="$home/.local/state"

# The password only opens this throw-away store. The command starts when the unlocked store is on the
# bus, and the daemon is ended here: one whose bus goes before it is up never notices, and stays.
# shellcheck disable=SC2016
dbus-run-session -- sh -c '
  printf "password\n" | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null &
  daemon=$!
  gdbus wait --session --timeout 20 org.freedesktop.secrets || { kill "$daemon"; exit 125; }
  status=0
  "$@" || status=$?
  kill "$daemon" && wait "$daemon" || :
  exit "$status"
' with-keyring "$@"
