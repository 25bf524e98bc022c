# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Configures and builds a preset of CMakePresets.json, quietly.

# make PRESET SET... [-- CMAKE_OPTION...]: the sets are asked for only when that can matter.
make() {
  local preset=$1 sets=()
  shift
  while [[ $# -gt 0 && $1 != -- ]]; do
    sets+=("$1")
    shift
  done
  lock_builds
  if is_configured "$preset"; then
    build "$preset" && unlock_builds && return
    [[ -n $(missing "${sets[@]}") ]] || build_failed "$preset"
  fi
  need "${sets[@]}"
  { configure "$preset" "${@:2}" && build "$preset"; } || build_failed "$preset"
  unlock_builds
}

lock_builds() {
  own_file "$tree/build/lock"
  exec {build_lock}>>"$tree/build/lock"
  flock --nonblock "$build_lock" && return
  say "another ./run is building; waiting for it"
  flock "$build_lock"
}

unlock_builds() { exec {build_lock}>&-; }

is_configured() {
  [[ -f $tree/build/$1/build.ninja ]] &&
    grep -qxF -- "CMAKE_HOME_DIRECTORY:INTERNAL=$tree" "$tree/build/$1/CMakeCache.txt"
}

configure() {
  say "configuring build/$1"
  own_file "$(log_of "$1")"
  (cd -- "$tree" && as_owner cmake --fresh --preset "$@") </dev/null >"$(log_of "$1")" 2>&1
}

build() {
  local jobs
  jobs=${KMODSEC_JOBS:-$(nproc)}
  as_owner cmake --build "$tree/build/$1" --parallel "$jobs" </dev/null 2>&1 | follow "$1"
}

# A Debian package of the release build, in build/package.
make_package() {
  own_file "$(log_of package)"
  rm -f -- "$tree"/build/package/*.deb
  {
    as_owner cmake -DKMODSEC_DEBIAN_PACKAGE=ON "$tree/build/release" && build release &&
      as_owner cpack --config "$tree/build/release/CPackConfig.cmake" -B "$tree/build/package"
  } </dev/null >"$(log_of package)" 2>&1 || build_failed package
}

log_of() { echo "$tree/build/$1.log"; }

# Keeps a build's output in its log; shows one line of progress once a step is done.
follow() {
  local line shown=
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    [[ $line != *"Re-checking globbed"* && $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    if [[ -t 2 ]]; then
      printf '\rrun: building build/%s: %s of %s ' "$1" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
    elif [[ -z $shown ]]; then
      say "building build/$1 (${BASH_REMATCH[2]} steps)"
    fi
    shown=yes
  done 3>"$(log_of "$1")"
  [[ -z $shown || ! -t 2 ]] || printf '\n' >&2
}

build_failed() {
  grep -v '^\[[0-9]*/[0-9]*\]' -- "$(log_of "$1")" | tail -n 40 >&2
  give_up "build/$1 could not be built; the whole log: $(log_of "$1")"
}
