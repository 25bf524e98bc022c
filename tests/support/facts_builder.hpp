// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/check.hpp"
#include "model/facts.hpp"

namespace kmodsec::test {

/// Rules that record every load and unload of a module on x86-64.
std::vector<AuditRule> audit_rules_for_modules();

/// A live kernel in good order: locked down, enforcing, untainted, with the module "dummy"
/// loaded from a file that its package vouches for. Tests change the one thing they are about.
Facts healthy_machine();

/// Adds a loaded module with a file in order.
LoadedModule& add_loaded(Facts& facts, const std::string& name, const std::string& taint = "");

/// The same, with a key of its owner enrolled, whose private half lies on the disk as DKMS leaves
/// it.
Facts machine_with_own_key();

/// The file of a module that `add_loaded` added.
ModuleFile& file_of(Facts& facts, const std::string& name);

/// The same machine as a tree of files of which every module file was read, and in which no kernel
/// runs.
Facts tree_of_files();

/// The verdict of the check with this id, as `audit` comes to it.
Verdict verdict_of(std::string_view id, const Facts& facts);

inline std::unexpected<Error> not_seen() {
  return failure(ErrorKind::denied, "somewhere", "no permission");
}

}  // namespace kmodsec::test
