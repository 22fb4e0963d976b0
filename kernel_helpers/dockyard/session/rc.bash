# What the bash of a session reads before its first command. It knows the protocol (see shell.py) and no command.
#
# Standard input is the pipe the commands come through, 61 the pipe that says "command 5 begins" and "command 5 has
# ended". A command's text is sourced from descriptor 60, so its errors carry line numbers.

exec 2>&1 # one pipe for both: what was written first is read first
set +o history +o histexpand -o errtrace
unset HISTFILE
export TERM=dumb PAGER=cat GIT_TERMINAL_PROMPT=0 DEBIAN_FRONTEND=noninteractive # nobody is there to answer
export -n PS1 PS2
cd || :

# Ends the command, not the shell: an interactive bash that gets a SIGINT goes back to its prompt from wherever it is.
# It prints a newline then, which goes to /dev/null: the prompt gives standard error back.
__dockyard_leave() {
    __dockyard_code=$1
    trap - INT
    exec {__dockyard_stderr}>&2 2>/dev/null
    kill -INT "$$"
}

exit() {
    set -- "${1-$?}"
    if [[ $BASHPID == "$$" ]]; then __dockyard_leave "$1"; else builtin exit "$1"; fi
}

# `set -e` would end an interactive bash too.
__dockyard_failed() {
    if [[ $- == *e* && $BASHPID == "$$" ]]; then
        set +o errexit
        __dockyard_leave "$1"
    fi
}
trap '__dockyard_failed "$?"' ERR

# Runs whenever bash is ready, also after a command was interrupted or given up half-way.
__dockyard_prompt() {
    PS0='' PS1='' PS2=''
    if [[ -n $__dockyard_stderr ]]; then
        exec 2>&"$__dockyard_stderr" {__dockyard_stderr}>&-
        __dockyard_stderr=''
    fi
    if [[ -n $__dockyard_code ]]; then
        __dockyard_status=$__dockyard_code __dockyard_code=''
    fi
    builtin printf '%d %d %d %s\0' "$__dockyard_number" "$__dockyard_status" "$$" "$PWD" >&61
}
# Begins command $1, and gives it the $? of the one before it.
__dockyard_begin() {
    __dockyard_number=$1
    builtin printf '%d\0' "$1" >&61
    return "$__dockyard_status"
}
__dockyard_number=0 __dockyard_status=0 __dockyard_code='' __dockyard_stderr=''
# Options that change what a failure means hold for one command; all others stay. One statement sets it and seals it:
# a second one would make a second prompt, which could come while the first command already runs.
readonly PROMPT_COMMAND='{
    __dockyard_status=$?
    builtin set +o errexit +o nounset +o pipefail +o verbose +o xtrace
} 2>/dev/null
__dockyard_prompt'
