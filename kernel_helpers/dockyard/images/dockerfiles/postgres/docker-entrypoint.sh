#!/bin/bash
# Makes the database cluster when the data directory is empty, then becomes the server, as the user postgres.
# POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE), POSTGRES_USER, POSTGRES_DB and POSTGRES_HOST_AUTH_METHOD decide how;
# *.sql and *.sh in /docker-entrypoint-initdb.d run once, in the new database.
set -euo pipefail

new_cluster() {
    local user=${POSTGRES_USER:-postgres} method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256} file
    local database=${POSTGRES_DB:-$user} password=${POSTGRES_PASSWORD:-}
    [[ -z ${POSTGRES_PASSWORD_FILE:-} ]] || password=$(< "$POSTGRES_PASSWORD_FILE")
    if [[ -z $password && $method != trust ]]; then
        echo 'The database has no password for its superuser. Give it one: docker run -e POSTGRES_PASSWORD=... ' >&2
        echo '(or let everybody in without one, which is not for real data: -e POSTGRES_HOST_AUTH_METHOD=trust)' >&2
        exit 1
    fi
    initdb --username="$user" --pwfile=<(printf '%s\n' "${password:-unused}") --locale=C.UTF-8 --encoding=UTF8
    printf '\nhost all all all %s\n' "$method" >> "$PGDATA/pg_hba.conf"
    pg_ctl --wait --options="-c listen_addresses=''" start
    [[ $database == postgres ]] || createdb --username="$user" "$database"
    for file in /docker-entrypoint-initdb.d/*; do
        case "$file" in
            *.sql) psql --set=ON_ERROR_STOP=1 --username="$user" --dbname="$database" --file="$file" ;;
            *.sh) bash "$file" ;;
        esac
    done
    pg_ctl --wait --mode=fast stop
}

[[ ${1:0:1} != - ]] || set -- postgres "$@"
if [[ $1 == postgres && $(id -u) == 0 ]]; then
    mkdir -p "$PGDATA"
    chown -R postgres:postgres "$PGDATA" /run/postgresql
    chmod 700 "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --init-groups "${BASH_SOURCE[0]}" "$@"
fi
if [[ $1 == postgres && ! -s $PGDATA/PG_VERSION ]]; then
    new_cluster
fi
exec "$@"
