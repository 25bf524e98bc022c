# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Is something there to work with? Asks the thing itself, not a package manager.

# KIND:NAME[:VERSION], as in packaging/dependencies.tsv.
is_present() {
  local kind name version
  IFS=: read -r kind name version <<<"$1"
  case $kind in
    header) has_header "$name" ;;
    program) has_program "$name" "$version" ;;
    pkg) has_pkg_config_module "$name" "$version" ;;
    cmake) has_cmake_package "$name" ;;
    system-python) /usr/bin/python3 -c "import importlib.util as u; exit(u.find_spec('$name') is None)" ;;
    clang-runtime) clang++-19 -fsanitize="$name" -x c++ -o /dev/null - <<<"$empty_fuzz_target" ;;
    file) [[ -e $name ]] ;;
    *) false ;;
  esac &>/dev/null
}

empty_fuzz_target='extern "C" int LLVMFuzzerTestOneInput(const char*, unsigned long) { return 0; }'

# <expected> is empty for a compiler that is too old for the library beside it.
has_header() {
  "${CXX:-c++}" -std=c++23 -fsyntax-only -x c++ - <<<"#include <$1>
#if !__has_include(<expected>) || (defined(_GLIBCXX_EXPECTED) && !defined(__cpp_lib_expected))
#error no C++23
#endif"
}

has_program() {
  local path
  path=$(PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin command -v "$1") || return
  [[ -z $2 ]] || is_at_least "$2" "$("$path" --version | grep -m 1 -o '[0-9][0-9.]*' | head -n 1)"
}

is_at_least() { printf '%s\n' "$1" "$2" | sort -V -C; }

has_pkg_config_module() {
  pkg-config --exists "$1${2:+ >= $2}" && return
  ! command -v pkg-config && compgen -G "/usr/{lib/*,lib64,lib,share}/pkgconfig/$1.pc"
}

has_cmake_package() {
  local prefix folder own=${CMAKE_PREFIX_PATH-}
  for prefix in /usr /usr/local ${own//[:;]/ }; do
    for folder in "$prefix"/{lib,lib64,lib/*,share}/cmake/*; do
      [[ -e $folder/$1Config.cmake || -e $folder/${1,,}-config.cmake ]] && return
    done
  done
  return 1
}
