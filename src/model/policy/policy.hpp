// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/usage/keep_set.hpp"

namespace kmodsec {

/// What an attempt to load a denied module gets to see.
enum class DenyAnswer {
  fail,     ///< modprobe fails.
  pretend,  ///< modprobe does nothing and says that all is well.
};

/// Whether the denies hold in the initramfs too.
enum class DenyInInitramfs { include, exclude };

/// The modules that must not be loaded.
struct DenyPolicy {
  std::vector<std::string> profiles;
  std::vector<std::string> modules;  ///< As the kernel spells them, beside those of the profiles.
  std::vector<std::string> except;   ///< Modules of such lists that this host keeps.
  bool autoload_by_users = false;    ///< What users can have the kernel load, too.
  bool everything_else = false;      ///< Whatever is not kept: see `KeepPolicy`.
  DenyAnswer on_attempt = DenyAnswer::fail;
  DenyInInitramfs initramfs = DenyInInitramfs::include;
};

/// Whether what is not kept is denied, or only watched.
enum class KeepMode { observe, enforce };

/// What stays loadable under `deny.everything_else`, beside what the host is seen to use.
struct KeepPolicy {
  KeepMode mode = KeepMode::observe;
  std::vector<std::string> modules;   ///< As the kernel spells them.
  std::vector<std::string> profiles;  ///< The modules of these.
  std::vector<std::string> classes;   ///< See model/usage/keep_set.hpp.
};

/// A module that the policy denies, and why it is on the list.
struct PolicyDeny {
  std::string module;
  std::string profile;  ///< Empty when the policy names the module itself.
  /// What a user does to have the kernel load it; empty unless `autoload_by_users` alone denies it.
  std::string asked_by = {};
  bool not_kept = false;  ///< `everything_else` alone denies it.
};

/// A denied module that is allowed until its time is over.
struct PolicyException {
  std::string module;
  std::int64_t until = 0;  ///< Seconds since 1970-01-01T00:00:00Z.
  std::string reason;
  std::string source = {};  ///< The file that has it.
  std::size_t line = 0;     ///< From 1; 0 where it is not known.
};

/// A finding of the audit, or something that it cannot look at, for which somebody answers until
/// its time is over.
struct PolicyWaiver {
  std::string check;    ///< Id; empty: it is of a gap.
  std::string subject;  ///< Of the finding; empty: every one of the check.
  std::string reason;
  std::string owner;
  std::int64_t until = 0;   ///< Seconds since 1970-01-01T00:00:00Z.
  std::string source = {};  ///< The file that has it.
  std::size_t line = 0;     ///< From 1; 0 where it is not known.
  std::string gap = {};     ///< What cannot be looked at, as the audit names it.
  std::string why = {};     ///< The reason of the gap; empty: any.
};

/// Parameters of a module, as modprobe.d has them.
struct PolicyOptions {
  std::string module;
  std::string parameters;
};

/// How much a freeze takes away, each until the next boot.
enum class FreezeLevel {
  signatures,  ///< Modules without a trusted signature are refused (sig_enforce).
  lockdown,    ///< The same, and root may not write to the kernel by other ways (integrity).
  all,         ///< Nothing is loaded or unloaded any more (modules_disabled).
};

inline constexpr std::array all_freeze_levels = {FreezeLevel::signatures, FreezeLevel::lockdown,
                                                 FreezeLevel::all};

/// The word of the policy and of --level.
std::string_view to_string(FreezeLevel level);

/// When and how far the loading of modules ends after boot.
struct FreezePolicy {
  std::optional<FreezeLevel> level;  ///< Nothing: the policy asks for no freeze.
  std::string source;                ///< The file that says so.
  std::vector<std::string> require;  ///< Modules that must be loaded before.
};

/// What the policy of the host asks for.
struct Policy {
  std::vector<std::string> sources;  ///< The files it stands in; none when the host has no policy.
  DenyPolicy deny;
  KeepPolicy keep;
  std::vector<std::string> keep_profile_modules;  ///< `keep.profiles`, resolved.
  std::vector<KeepClass> keep_classes;            ///< `keep.classes`, resolved.
  std::vector<PolicyException> exceptions;
  std::vector<PolicyWaiver> waivers;
  std::vector<std::string> load;  ///< Modules that every boot loads.
  std::vector<PolicyOptions> options;
  FreezePolicy freeze;
  bool audit_rules = false;
  /// `deny` with its profiles resolved, each module once. What `autoload_by_users` adds depends on
  /// the kernels: see analyze/policy/autoload_denies.hpp.
  std::vector<PolicyDeny> denies;
};

/// Whether what is not kept is denied, not only watched.
inline bool denies_everything_else(const Policy& policy) {
  return policy.deny.everything_else && policy.keep.mode == KeepMode::enforce;
}

}  // namespace kmodsec
