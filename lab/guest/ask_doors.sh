#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Really asks for modules, through each door that they have: prints "MODULE DOOR loaded" or "MODULE DOOR not", then
# takes out again what came in. Arguments: the modules. Few programs are started, as emulation makes that slow.

socket() { perl -e 'socket(my $s, $ARGV[0], $ARGV[1], $ARGV[2])' "$@"; }
algorithm() {
    perl -e 'socket(my $s, 38, 5, 0); bind($s, pack("S a14 L L a64", 38, $ARGV[0], 0, 0, $ARGV[1]))' "$@"
}
device() { udevadm test-builtin "kmod load $1" /sys/class/mem/null; }

ask_alias() {
    case $1 in
        can) socket 29 3 1 ;;
        udf) mount -t udf none /mnt ;;
        crc32_generic) algorithm hash crc32 ;;
        usb_storage) device usb:v0001p0001d0001dc00dsc00dp00ic08isc06ip50in00 ;;
    esac
}

ask_dependency() {
    case $1 in
        can) modprobe can_raw ;;
        usb_storage) modprobe uas ;;
    esac
}

ask_softdep() {
    case $1 in
        crc32_generic) modprobe -a ksmbd f2fs ;;
    esac
}

# The files in order, whatever the configuration says.
ask_insmod() {
    local file
    modprobe -C /dev/null --show-depends "$1" | awk '$1 == "insmod" { print $2 }' |
        while read -r file; do insmod "$file"; done
}

ask_name() { modprobe "$1"; }
ask_boot() { /lib/systemd/systemd-modules-load; }

declare -A doors=(
    [can]="name alias dependency boot insmod" [udf]="name alias boot insmod"
    [crc32_generic]="name alias softdep boot insmod" [usb_storage]="name alias dependency boot insmod"
    [ksmbd]="name boot insmod"
)

declare -A there_before

is_loaded() {
    local name
    while read -r name _; do [ "$name" = "$1" ] && return 0; done </proc/modules
    return 1
}

# Several rounds, as one module may hold the next.
take_out() {
    local name new=(-)
    while [ ${#new[@]} -gt 0 ]; do
        new=()
        while read -r name _; do [ "${there_before[$name]}" ] || new+=("$name"); done </proc/modules
        [ ${#new[@]} -eq 0 ] || rmmod "${new[@]}"
    done
}

while read -r name _; do there_before[$name]=yes; done </proc/modules
for module; do
    for door in ${doors[$module]}; do
        "ask_$door" "$module" >/dev/null 2>&1
        if is_loaded "$module"; then echo "$module $door loaded"; else echo "$module $door not"; fi
        take_out 2>/dev/null
    done
done
