// SPDX-License-Identifier: GPL-2.0-or-later
#include <string_view>

#include <fmt/format.h>

#include "plan/owned_file.hpp"

namespace kmodsec {
namespace {

std::vector<std::string_view> architectures(const KernelState& kernel) {
  const std::string arch = kernel.arch.value_or("");
  const bool is_32_bit = arch.starts_with("i") || arch.starts_with("arm");
  if (is_32_bit) return {"b32"};
  return {"b64", "b32"};
}

}  // namespace

/// Rules by system call, not watches on the programs: whoever loads a module makes one of these
/// calls, by whatever program and for whatever reason. A 32-bit program has calls of its own.
OwnedFile audit_rules_file(const PlanInput& input) {
  OwnedFile file{"/etc/audit/rules.d/50-kmodsec.rules", {}};
  if (!input.facts->policy->audit_rules || !input.facts->tools.auditd) return file;
  std::string text =
      owned_header("Who loads and unloads kernel modules, and who changes the rules.");
  for (const std::string_view arch : architectures(input.facts->kernel))
    text += fmt::format(
        "-a always,exit -F arch={} -S init_module,finit_module,delete_module -F key=kmodsec\n",
        arch);
  for (const std::string_view folder : {"/etc/modprobe.d", "/etc/kmodsec"})
    text += fmt::format("-w {} -p wa -k kmodsec-config\n", folder);
  file.wanted = text_file(std::move(text), 0640);
  return file;
}

}  // namespace kmodsec
