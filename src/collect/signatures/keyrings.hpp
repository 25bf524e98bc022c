// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/kernel/kernel.hpp"
#include "model/signatures/certificate.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The kernel's own keyrings with the keys in each, sorted by name. An unprivileged reader is shown
/// none of them, which is an error: they always exist. A captured tree names the keyrings, but does
/// not tell which key is in which.
Seen<std::vector<Keyring>> collect_keyrings(const Root& root, const Seen<KernelConfig>& config);

/// What the kernel's .blacklist refuses: hashes of files and of certificates.
Seen<std::vector<Revocation>> collect_kernel_blacklist(const Root& root);

}  // namespace kmodsec
