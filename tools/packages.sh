# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Brings what a set of work needs: installs it on Debian and its relatives, names it elsewhere.

families=(debian fedora opensuse arch)
declare -A family_title=([debian]=Debian [fedora]=Fedora [opensuse]=openSUSE [arch]=Arch)
declare -A install_command=(
  [debian]='apt-get install --no-install-recommends' [fedora]='dnf install'
  [opensuse]='zypper install' [arch]='pacman -S --needed'
)

# need KIND-OF-WORK...: returns when everything is there.
need() {
  local rows
  rows=$(missing "$@")
  [[ -n $rows ]] || return 0
  can_install || refuse "$rows"
  install_debian "$rows"
  rows=$(missing "$@")
  [[ -z $rows ]] || refuse "$rows"
}

# Rows of dependencies.tsv whose probe finds nothing.
missing() {
  local row sets probe
  while IFS= read -r row; do
    IFS=$'\t' read -r sets _ probe _ <<<"$row"
    is_any_of "$sets" "$@" || continue
    is_present "$probe" || printf '%s\n' "$row"
  done < <(grep -v -e '^#' -e '^sets' -- "$tree/packaging/dependencies.tsv")
}

# is_any_of A,B,C WORD...
is_any_of() {
  local word
  for word in "${@:2}"; do
    [[ ,$1, != *",$word,"* ]] || return 0
  done
  return 1
}

own_family() {
  local word
  # shellcheck source=/dev/null
  for word in $(. /etc/os-release && echo "${ID-} ${ID_LIKE-}"); do
    case $word in
      debian | ubuntu) echo debian ;;
      fedora | rhel | centos) echo fedora ;;
      *suse*) echo opensuse ;;
      arch) echo arch ;;
      *) continue ;;
    esac
    return
  done
}

package_names() {
  awk -F '\t' -v family="$2" '
    NR == FNR { if ($1 == "sets") for (i = 1; i <= NF; i++) if ($i == family) column = i; next }
    $column != "-" && !seen[$column]++ { printf "%s%s", separator, $column; separator = " " }
  ' "$tree/packaging/dependencies.tsv" - <<<"$1"
}

list_rows() {
  local row name
  while IFS= read -r row; do
    name=$(package_names "$row" "$2")
    printf '  %-22s %s\n' "${name:-(no package)}" "$(cut -f 2 <<<"$row")" >&2
  done <<<"$1"
}

refuse() {
  local family own
  own=$(own_family)
  say "this is missing:"
  list_rows "$1" "${own:-debian}"
  say "please install it, then run this again:"
  for family in "$own" "${families[@]/#$own/}"; do
    [[ -z $family ]] ||
      printf '  %-9s %s %s\n' "${family_title[$family]}:" "${install_command[$family]}" \
        "$(package_names "$1" "$family")" >&2
  done
  exit 2
}

can_install() {
  [[ $(own_family) == debian ]] && command -v apt-get >/dev/null &&
    { [[ $EUID == 0 ]] || sudo -n true &>/dev/null; }
}

apt() {
  local sudo=()
  [[ $EUID == 0 ]] || sudo=(sudo -n)
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 "$@" \
    </dev/null >>"$apt_log" 2>&1
}

install_debian() {
  local names
  read -ra names <<<"$(package_names "$1" debian)"
  say "installing ${#names[@]} packages with apt-get:"
  list_rows "$1" debian
  apt_log=$tree/build/packages.log
  own_file "$apt_log"
  : >"$apt_log"
  lists_are_fresh || apt update || say "apt-get update failed; trying with the lists that are there"
  apt install --no-install-recommends "${names[@]}" && return
  { apt update && apt install --no-install-recommends "${names[@]}"; } && return
  end_of "$apt_log"
  give_up "apt-get could not install the packages"
}

lists_are_fresh() {
  local lists=/var/lib/apt/lists
  compgen -G "$lists/*_Packages*" >/dev/null && [[ -n $(find "$lists" -maxdepth 0 -mtime -1) ]]
}
