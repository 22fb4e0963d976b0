#!/bin/sh
# A word that is no program is something for node: an option or a script.
set -e
if [ "${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ]; then
    set -- node "$@"
fi
exec "$@"
