// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace kmodsec {

/// What the kernel's check of a signature answers (linux: kernel/module/signing.c). While
/// signatures are not enforced, it takes the module for unsigned after `enodata`, `enopkg` and
/// `enokey`; every other error refuses it, always.
enum class KernelErrno : std::uint8_t {
  none,          ///< It accepts.
  enodata,       ///< Nothing is signed.
  enopkg,        ///< It does not know a method.
  enokey,        ///< It does not have the key.
  ebadmsg,       ///< The bytes are not what it reads.
  einval,        ///< They say something that it does not do.
  ekeyrejected,  ///< The signature is wrong, or not for modules.
  emsgsize,      ///< The message is too long.
  enoent,        ///< It lacks an algorithm that it knows.
  enomem,        ///< A number is too large for it.
};

/// "EBADMSG"; empty for `none`.
std::string_view to_string(KernelErrno error);

}  // namespace kmodsec
