// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"
#include "model/kernel/kernel_errno.hpp"

namespace kmodsec {

enum class Support : std::uint8_t { yes, unsure, no };

/// What of the things that signatures and certificates need one kernel has. Versions are those of
/// the mainline kernel; where a distribution is known to bring things from later ones, or to drop
/// them, what depends on the version is unsure.
class KernelFeatures {
 public:
  /// `release` as `uname -r` prints it.
  KernelFeatures(std::string_view release, Seen<KernelConfig> config);

  struct Answer {
    Support support = Support::yes;
    std::string need;                       ///< The word that decided.
    KernelErrno error = KernelErrno::none;  ///< What the kernel answers where it lacks that.
  };

  /// The worst of all `needs`.
  Answer all(const std::vector<std::string>& needs) const;

 private:
  Support support_of(std::string_view need) const;

  unsigned version_ = 0;  ///< 6012 for 6.12; 0 when it is not known.
  bool is_mainline_ = true;
  Seen<KernelConfig> config_;
};

}  // namespace kmodsec
