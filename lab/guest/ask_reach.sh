#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Has one kind of caller after the other make the call of each case, until the module is in: prints "MODULE CALLER",
# or "MODULE" when no call brings it in, then takes out again what came in. Arguments: the callers. Input: lines of a
# module and a call, as ask_kernel takes it.

loaded() {
    while read -r name _; do echo "$name"; done </proc/modules
}

is_loaded() {
    while read -r name _; do [ "$name" = "$1" ] && return 0; done </proc/modules
    return 1
}

# Several rounds, as one module may hold the next, and a network namespace goes some time after its last process.
take_out() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        new=
        for name in $(loaded); do
            case $before in *" $name "*) ;; *) new="$new $name" ;; esac
        done
        [ "$new" ] || return
        rmmod $new 2>/dev/null || sleep 0.1
    done
    echo "still in:$new" >&2
}

before=" $(loaded | tr '\n' ' ') "
while read -r module call; do
    found=
    for caller; do
        ask_kernel "$caller" $call 2>/dev/null </dev/null
        if is_loaded "$module"; then
            found=$caller
            take_out
            break
        fi
    done
    echo "$module $found"
done
