# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The program itself says what may come next, so that this file is never behind it. Whatever is offered becomes part
# of a line that the shell reads: the program offers only names of plain letters, and nothing is given to the shell
# to expand.

_kmodsec() {
  local typed=${COMP_WORDS[COMP_CWORD]} line word
  if [[ $typed == "=" ]]; then typed=""; fi
  COMPREPLY=()
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    if [[ $word == ":files" ]]; then
      compopt -o default 2>/dev/null
    elif [[ -n $word && $word == "$typed"* ]]; then
      COMPREPLY+=("$word")
    fi
  done < <(kmodsec __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}

complete -F _kmodsec kmodsec
