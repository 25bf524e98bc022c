// SPDX-License-Identifier: GPL-2.0-or-later
//
// The system calls that a record may tell of, by the numbers of each architecture.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kmodsec {

/// What a system call does, as far as modules are concerned.
enum class AuditCall { other, load, unload, execute };

/// The number of an architecture as audit has it: ELF machine, word size and byte order
/// (linux: include/uapi/linux/audit.h, AUDIT_ARCH_X86_64).
AuditCall audit_call(std::uint32_t arch, int number);

/// "finit_module"; the number for a call that libaudit does not know.
std::string audit_call_name(std::uint32_t arch, int number);

/// "b64" or "b32".
std::string_view audit_word_size(std::uint32_t arch);

/// "b64" or "b32" for programs of the host that audit calls `native`; the name of the machine for
/// those of another.
std::string audit_arch_name(std::uint32_t arch, std::uint32_t native);

/// What audit calls the architecture that `uname -m` names so, for programs of that word size.
/// 0: not known, or it has no such programs.
std::uint32_t audit_arch(std::string_view machine, std::string_view word_size);

}  // namespace kmodsec
