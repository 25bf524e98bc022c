// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// Who uses a module of the running kernel: the one answer that every verb gives.
struct ModuleUse {
  std::vector<std::string> modules;  ///< Loaded modules that need it, by /proc/modules.
  std::vector<ModuleUser> users;     ///< Devices, mounts, interfaces, sockets and algorithms.
  std::uint64_t references = 0;      ///< Those of programs or of the kernel, where nobody is named.
  bool permanent = false;            ///< It cannot be unloaded.
  std::optional<bool> unused;        ///< Nothing when it is unknown.
  std::string why_unknown;           ///< What was not seen; it matters where nobody is known.

  /// Somebody other than the module itself.
  bool has_users() const { return !modules.empty() || !users.empty() || references > 0; }
};

/// "vfat, mount /boot", "nothing", or "unknown: WHY". Text of the host: not printable yet.
std::string words_of(const ModuleUse& use);

/// The same without the reason: "unknown".
std::string short_words_of(const ModuleUse& use);

}  // namespace kmodsec
