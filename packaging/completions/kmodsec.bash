# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The program itself tells its verbs and options, so that this file is never behind it.

_kmodsec_words() { kmodsec "$@" --help 2>/dev/null; }

_kmodsec_verbs() { _kmodsec_words | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'; }

_kmodsec_options() { _kmodsec_words "$1" | grep -o -e '--[a-z][a-z-]*' | sort -u; }

_kmodsec_modules() {
  sed -n 's,^.*/\([^/]*\)\.ko.*:.*,\1,p' "/lib/modules/$(uname -r)/modules.dep" 2>/dev/null
}

_kmodsec_arguments() {
  case $1 in
    baseline) echo create check accept show seal ;;
    data) echo show import sign build ;;
    explain) kmodsec checks 2>/dev/null | cut -d ' ' -f 1 ;;
    show | verify | doors | cves | load | deny | unblock) _kmodsec_modules ;;
    unload) cut -d ' ' -f 1 /proc/modules ;;
  esac
}

_kmodsec() {
  local word=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]-} words
  if [[ $COMP_CWORD == 1 ]]; then
    words=$(_kmodsec_verbs)
  elif [[ $word == -* ]]; then
    words=$(_kmodsec_options "$verb")
  else
    words=$(_kmodsec_arguments "$verb")
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o default -F _kmodsec kmodsec
