// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace kmodsec {

/// What came into the mainline kernel, or left it, and decides what this program says of a kernel.
enum class KernelChange : std::uint8_t {
  lockdown_module,       ///< Lockdown is a security module, with a file in securityfs.
  binfmt_gone,           ///< exec of an unknown format asks for no binfmt-XXXX.
  ml_dsa_signatures,     ///< Modules may be signed by ML-DSA.
  af_alg_is_restricted,  ///< crypto.af_alg_restrict is there, and 1 by default.
};

/// "6.12" of a release as a number, 6012; 0 when it names no version.
unsigned kernel_series(std::string_view release);

/// Whether a mainline kernel of this series has the change. False for 0. A distribution may have
/// taken it into an older kernel.
bool has_change(unsigned series, KernelChange change);

}  // namespace kmodsec
