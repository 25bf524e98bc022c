// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_calls.hpp"

#include <algorithm>
#include <array>

#include <libaudit.h>

namespace kmodsec {
namespace {

constexpr std::uint32_t is_64_bit = 0x80000000;
/// Programs of the x32 ABI have it in each of their numbers (linux: arch/x86/include/asm/unistd.h).
constexpr int x32_bit = 0x40000000;

struct Names {
  AuditCall call;
  std::array<std::string_view, 2> names;
};
constexpr std::array calls = {
    Names{AuditCall::load, {"init_module", "finit_module"}},
    Names{AuditCall::unload, {"delete_module", "delete_module"}},
    Names{AuditCall::execute, {"execve", "execveat"}},
};

struct Machine {
  std::string_view name;
  std::uint32_t b64;
  std::uint32_t b32;
};
constexpr std::array machines = {
    Machine{"x86_64", AUDIT_ARCH_X86_64, AUDIT_ARCH_I386},
    Machine{"aarch64", AUDIT_ARCH_AARCH64, AUDIT_ARCH_ARM},
    Machine{"ppc64le", AUDIT_ARCH_PPC64LE, 0},
    Machine{"s390x", AUDIT_ARCH_S390X, AUDIT_ARCH_S390},
    Machine{"i686", 0, AUDIT_ARCH_I386},
    Machine{"i586", 0, AUDIT_ARCH_I386},
    Machine{"i386", 0, AUDIT_ARCH_I386},
    Machine{"armv7l", 0, AUDIT_ARCH_ARM},
};

const char* name_of(std::uint32_t arch, int number) {
  const int machine = audit_elf_to_machine(arch);
  if (machine < 0 || number < 0) return nullptr;
  const bool is_x32 = arch == AUDIT_ARCH_X86_64 && (number & x32_bit) != 0;
  return audit_syscall_to_name(is_x32 ? number & ~x32_bit : number, machine);
}

}  // namespace

AuditCall audit_call(std::uint32_t arch, int number) {
  const char* name = name_of(arch, number);
  if (name == nullptr) return AuditCall::other;
  for (const Names& row : calls) {
    if (std::ranges::count(row.names, name) > 0) return row.call;
  }
  return AuditCall::other;
}

std::string audit_call_name(std::uint32_t arch, int number) {
  const char* name = name_of(arch, number);
  return name == nullptr ? std::to_string(number) : std::string(name);
}

std::string_view audit_word_size(std::uint32_t arch) {
  return (arch & is_64_bit) != 0 ? "b64" : "b32";
}

std::string audit_arch_name(std::uint32_t arch, std::uint32_t native) {
  const auto row = std::ranges::find_if(machines, [&](const Machine& each) {
    return native != 0 && (each.b64 == native || each.b32 == native);
  });
  const bool is_of_host = row == machines.end() || arch == row->b64 || arch == row->b32;
  if (is_of_host) return std::string(audit_word_size(arch));
  const char* name = ::audit_machine_to_name(::audit_elf_to_machine(arch));
  return name == nullptr ? std::to_string(arch) : std::string(name);
}

std::uint32_t audit_arch(std::string_view machine, std::string_view word_size) {
  const auto row = std::ranges::find(machines, machine, &Machine::name);
  if (row == machines.end()) return 0;
  return word_size == "b64" ? row->b64 : row->b32;
}

}  // namespace kmodsec
