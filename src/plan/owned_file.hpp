// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyze/host/owned_paths.hpp"
#include "analyze/policy/autoload_denies.hpp"
#include "analyze/policy/everything_else.hpp"
#include "model/facts.hpp"
#include "model/host/file_edit.hpp"
#include "model/policy/own_paths.hpp"
#include "plan/unit_program.hpp"

namespace kmodsec {

inline constexpr std::string_view audit_rules_path = "/etc/audit/rules.d/50-kmodsec.rules";

/// What the files are made from.
struct PlanInput {
  const Facts* facts = nullptr;
  std::vector<PolicyDeny> denies;                  ///< Those that no exception lifts now.
  std::vector<PolicyException> exceptions;         ///< Those that are not over.
  bool systemd_runs = false;                       ///< And can be told to read its units again.
  UnitProgram program = UnitProgram::installed();  ///< For the units that run it.
  bool program_is_there = true;                    ///< Its file.
  AutoloadDenies autoload = {};                    ///< Its denies are among those above.
  EverythingElse everything_else = {};             ///< The same.
  std::size_t staying = 0;  ///< Of these, modules that stay denied although the host keeps them.
};

/// A file that is kmodsec's alone, and what has to stand in it: absent when nothing has.
struct OwnedFile {
  std::string path;
  FileState wanted;
};

/// The first lines of a file of ours, behind the comment sign that all these formats share.
std::string owned_header(std::string_view what);

OwnedFile deny_file(const PlanInput& input);
OwnedFile options_file(const PlanInput& input);
OwnedFile load_file(const PlanInput& input);
OwnedFile audit_rules_file(const PlanInput& input);
std::vector<OwnedFile> initramfs_files(const PlanInput& input);
std::vector<OwnedFile> freeze_unit(const PlanInput& input);
std::vector<OwnedFile> unblock_timer(const PlanInput& input);

/// Whether the policy asks for something that only a unit can do.
bool needs_units(const PlanInput& input);

/// The files that we own, whether the policy asks for them or not.
std::vector<OwnedFile> owned_files(const PlanInput& input);

/// Where they stand, of any policy and any host.
OwnPaths own_paths();

}  // namespace kmodsec
