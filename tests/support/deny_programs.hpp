// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "support/load_builder.hpp"

namespace kmodsec::test {

/// As Debian has it: only root writes it, and it is what its package installed.
inline InstallProgram false_of_coreutils() {
  return {.word = "/bin/false",
          .state = ProgramState::present,
          .owners = {{"/usr/bin", 0755, 0, 0}, {"/usr/bin/false", 0755, 0, 0}},
          .owners_seen = true,
          .path = "/usr/bin/false",
          .package = PackageClaim{"coreutils", "9.1-1", PackageLevel::db_match}};
}

/// Denies udf and sctp, and what was seen of the program of both lines.
inline Facts machine_that_denies_by(const InstallProgram& program) {
  Facts facts = machine_with_lines("install udf /bin/false\ninstall sctp /bin/false\n");
  facts.load->programs = {program};
  return facts;
}

}  // namespace kmodsec::test
