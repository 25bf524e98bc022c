// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/loader_program.hpp"
#include "target.hpp"

/// Only a program of ELF is one whose rules are known, and only kmod has a version.
void kmodsec::examine(std::string_view input) {
  const LoaderProgram program = read_loader_program(input);
  require(program.kind == LoaderKind::other || input.starts_with("\177ELF"));
  require(program.version == 0 || program.kind == LoaderKind::kmod);
  require(program.wraps.size() <= input.size() * 3);
  kmod_of_library(input);
}
