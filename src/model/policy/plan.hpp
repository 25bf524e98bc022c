// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/host/file_edit.hpp"
#include "model/kernel/host_action.hpp"
#include "model/loading/load_paths.hpp"
#include "model/policy/policy.hpp"
#include "model/report.hpp"
#include "model/usage/keep_set.hpp"
#include "model/usage/usage_readiness.hpp"

namespace kmodsec {

/// What the host has to be told after the files are written.
struct Action {
  HostAction deed;
  std::string why;
  std::vector<std::string> rewrites;  ///< Files that its program makes anew.
  std::optional<HostAction> undo;     ///< When the files are restored; none when nothing has to.
};

/// Why a module should not be denied on this host.
struct Conflict {
  std::string module;
  std::string reason;
  bool overridden = false;  ///< The administrator has named the module.
};

/// A denied module that does not stay out, with the load path that is open.
struct OpenDeny {
  std::string module;
  std::string kernel;  ///< Release.
  std::string why;
  bool is_builtin = false;  ///< No deny could keep it out.
};

/// A module that users can have loaded, and that is not denied for it.
struct KeptModule {
  std::string module;
  std::string why;
};

/// What `deny.autoload_by_users` comes to.
struct AutoloadPlan {
  std::size_t denied = 0;  ///< Modules.
  std::vector<KeptModule> kept;
  bool uses_are_known = false;  ///< A kernel runs, so that what it has loaded is kept.
};

/// What `deny.everything_else` comes to.
struct EverythingElsePlan {
  KeepMode mode = KeepMode::observe;
  KeepSet set;
  UsageReadiness readiness;
  bool in_force = false;  ///< Most of it was denied before.
  std::int64_t now = 0;   ///< Seconds since 1970-01-01T00:00:00Z.
};

/// What becomes of the denies of a host, sorted by module.
struct DenyChanges {
  std::vector<std::string> denied;      ///< And was not before.
  std::vector<std::string> not_denied;  ///< And was before.

  /// What a line denies now for the first time, and what could not be loaded before either: lines
  /// of others closed it, or no kernel has it.
  std::vector<std::string> closed_before = {};
};

/// A denied module that an exception opens.
struct OpenedModule {
  PolicyException exception;
  bool ends_alone = false;  ///< A timer of systemd ends it in time.
};

/// The way from what the host is to what its policy asks for.
struct Plan {
  std::vector<std::string> sources;  ///< Files of the policy.
  std::vector<FileEdit> edits;       ///< Folders before what stands in them.
  std::vector<Action> actions;
  std::vector<Action> left_to_do;  ///< Actions on another system than the running one.
  std::vector<Conflict> conflicts;
  std::vector<std::string> notes;  ///< What does not change by this, and what cannot be done here.
  std::optional<AutoloadPlan> autoload;               ///< Where the policy asks for it.
  std::optional<EverythingElsePlan> everything_else;  ///< The same.
  DenyChanges changes;
  std::vector<std::string> reasons = {};  ///< For the record: overrides, exceptions.
  std::vector<OpenedModule> opened;
  std::optional<std::uint32_t> transaction;  ///< By which it was done: 'kmodsec revert NUMBER'.
  std::vector<OpenDeny> open;                ///< What the policy denies and would still get in.
  std::vector<Unseen> unreadable;  ///< Files of ours that could not be compared. Part of `unseen`.
  std::vector<Unseen> unseen;

  bool is_empty() const { return edits.empty() && actions.empty(); }
};

}  // namespace kmodsec
