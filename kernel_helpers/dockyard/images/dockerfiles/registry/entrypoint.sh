#!/bin/sh
# A configuration file as the only word means: serve with it. Anything else is a command of the registry, or a program.
set -e
case "$1" in
    *.yaml | *.yml) set -- registry serve "$@" ;;
    serve | garbage-collect | help | -*) set -- registry "$@" ;;
esac
exec "$@"
