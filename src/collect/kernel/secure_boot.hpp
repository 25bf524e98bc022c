// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/kernel/kernel.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Secure Boot as the kernel judges it (linux: include/linux/efi.h, efi_get_secureboot_mode): on
/// when SecureBoot is 1, SetupMode is not, and shim's own checking has not been switched off.
/// Read from the EFI variables, else from shim's copies, else from the boot parameters of x86.
/// A machine that did not start through EFI is `unsupported`.
Seen<SecureBoot> collect_secure_boot(const Root& root);

}  // namespace kmodsec
