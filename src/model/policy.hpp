// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

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
  DenyAnswer on_attempt = DenyAnswer::fail;
  DenyInInitramfs initramfs = DenyInInitramfs::include;
};

/// A module that the policy denies, and why it is on the list.
struct PolicyDeny {
  std::string module;
  std::string profile;  ///< Empty when the policy names the module itself.
};

/// What the policy of the host asks for.
struct Policy {
  std::string source;        ///< Empty when the host has no policy.
  std::string freeze_level;  ///< Empty, "signatures", "lockdown" or "all".
  DenyPolicy deny;
  std::vector<PolicyDeny> denies;  ///< `deny` with its profiles resolved, each module once.
};

}  // namespace kmodsec
