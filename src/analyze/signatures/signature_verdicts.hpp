// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/kernel/kernel_errno.hpp"
#include "model/signatures/signature.hpp"

namespace kmodsec {

/// After ENODATA, ENOPKG and ENOKEY the kernel takes a module for unsigned where it does not ask
/// for signatures; after every other error it refuses it, always (linux: kernel/module/signing.c,
/// module_sig_check).
bool refuses_always(KernelErrno error);

SignatureVerdict verdict(SignatureStatus status, std::string reason = {});

/// What this kernel does not read, and what it answers; `none` where that is not known.
SignatureVerdict malformed(std::string reason, KernelErrno error);

/// What every kernel refuses that looks at signatures.
SignatureVerdict invalid(std::string reason);

}  // namespace kmodsec
