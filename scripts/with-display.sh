#!/bin/sh
# Runs a command on an X display of its own, for tests.
#
#   scripts/with-display.sh COMMAND [ARGUMENT]...
#
# The server takes a free display and writes its number once it is ready. The exit status is the command's own.
set -eu

folder=$(mktemp -d)
mkfifo "$folder/display"
Xvfb -displayfd 3 -screen 0 1600x1200x24 -nolisten tcp 3>"$folder/display" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :; rm -rf "$folder"' EXIT
read -r display <"$folder/display"
DISPLAY=":$display"
export DISPLAY
status=0
"$@" || status=$?
exit "$status"
