// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "model/kernel/kernel_errno.hpp"

namespace kmodsec {

/// Verifies a signature by ML-DSA-44, -65 or -87 (FIPS 204), with an empty context, as the kernel
/// does (linux: crypto/mldsa.c, 7.0). The key is raw. Nothing where the library has no such key:
/// before OpenSSL 3.5, which is asked while the program runs.
std::optional<KernelErrno> verify_ml_dsa(std::string_view key, std::string_view signature,
                                         std::string_view message);

}  // namespace kmodsec
