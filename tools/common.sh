# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Sourced by ./run, which sets `tree` to the folder of the source tree.

say() { printf 'run: %s\n' "$*" >&2; }

give_up() {
  say "$@"
  exit 2
}

end_of() {
  tail -n 40 -- "$1" >&2
  say "the whole log: $1"
}

# What sudo ./run builds belongs to the owner of the tree, or the owner could not build again.
as_owner() {
  if [[ $EUID == 0 && ${SUDO_UID:-0} != 0 && $(stat -c %u -- "$tree") == "$SUDO_UID" ]]; then
    setpriv --reuid "$SUDO_UID" --regid "${SUDO_GID:-$SUDO_UID}" --clear-groups -- "$@"
  else
    "$@"
  fi
}

own_file() {
  as_owner mkdir -p -- "$tree/build"
  as_owner touch -- "$1"
}
