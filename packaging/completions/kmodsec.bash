# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The program itself tells its verbs and options, so that this file is never behind it. Whatever is offered
# becomes part of a line that the shell reads: names of modules are those of files that anybody could have
# named, so only such of plain letters are offered, and nothing is given to the shell to expand.

_kmodsec_words() { kmodsec "$@" --help 2>/dev/null; }

_kmodsec_verbs() { _kmodsec_words | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'; }

_kmodsec_options() { _kmodsec_words "$1" | grep -o -e '--[a-z][a-z-]*' | sort -u; }

_kmodsec_plain() { LC_ALL=C grep -a -x -e '[A-Za-z0-9_][A-Za-z0-9_-]*'; }

_kmodsec_modules() {
  sed -n 's,^.*/\([^/]*\)\.ko.*:.*,\1,p' "/lib/modules/$(uname -r)/modules.dep" 2>/dev/null
}

_kmodsec_arguments() {
  case $1 in
    baseline) printf '%s\n' create check accept show sign ;;
    data) printf '%s\n' show import sign ;;
    explain) kmodsec checks 2>/dev/null | cut -d ' ' -f 1 ;;
    show | verify | doors | cves | load | deny | unblock) _kmodsec_modules ;;
    unload) cut -d ' ' -f 1 /proc/modules ;;
  esac
}

_kmodsec() {
  local typed=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]-} words=() word
  if [[ $COMP_CWORD == 1 ]]; then
    mapfile -t words < <(_kmodsec_verbs)
  elif [[ $typed == -* ]]; then
    mapfile -t words < <(_kmodsec_options "$verb")
  else
    mapfile -t words < <(_kmodsec_arguments "$verb" | _kmodsec_plain)
  fi
  COMPREPLY=()
  for word in "${words[@]}"; do
    if [[ $word == "$typed"* ]]; then COMPREPLY+=("$word"); fi
  done
}

complete -o default -F _kmodsec kmodsec
