#!/bin/sh
# Started by root, it hands the data to the user redis and becomes that user; exec keeps the server process 1.
set -e
case "$1" in
    -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
    find . ! -user redis -exec chown redis:redis {} +
    exec setpriv --reuid=redis --regid=redis --init-groups "$@"
fi
exec "$@"
