// SPDX-License-Identifier: GPL-2.0-or-later
#include <string_view>

#include <fmt/format.h>

#include "base/path.hpp"
#include "model/auditd/audit_rule_text.hpp"
#include "plan/owned_file.hpp"

namespace kmodsec {
namespace {

/// Calls of Linux 2.4 that x86 still has numbers for, and benchmarks ask for. They do nothing.
bool has_old_calls(const KernelState& kernel) {
  const std::string arch = kernel.arch.value_or("");
  return arch == "x86_64" || arch.starts_with("i");
}

/// The program behind the links insmod, modprobe and rmmod: the kernel watches files, not names.
/// A tree that calls it by more than a plain path gets no rule for it: it would become several.
std::string path_of_kmod(const KernelState& kernel) {
  const bool is_known = kernel.modprobe_helper && kernel.modprobe_helper->resolved;
  return is_known && is_plain_path(*kernel.modprobe_helper->resolved)
             ? *kernel.modprobe_helper->resolved
             : "";
}

}  // namespace

/// Rules by system call, not watches on the programs: whoever loads a module makes one of these
/// calls, by whatever program and for whatever reason. A 32-bit program has calls of its own. What
/// kmod was called with, and in which folder, tells the record of its start.
OwnedFile audit_rules_file(const PlanInput& input) {
  OwnedFile file{std::string(audit_rules_path), {}};
  if (!input.facts->policy->audit_rules || !input.facts->tools.auditd) return file;
  std::string text =
      owned_header("Records who loads and unloads kernel modules, and who changes the rules.");
  for (const std::string_view arch : audit_word_sizes(input.facts->kernel.arch.value_or("")))
    text += fmt::format(
        "-a always,exit -F arch={} -S init_module,finit_module,delete_module{} -F key=kmodsec\n",
        arch, has_old_calls(input.facts->kernel) ? ",create_module,query_module" : "");
  if (const std::string kmod = path_of_kmod(input.facts->kernel); !kmod.empty())
    text += fmt::format("-a always,exit -F path={} -F perm=x -F key=kmodsec-kmod\n", kmod);
  for (const std::string_view folder : {"/etc/modprobe.d", "/etc/kmodsec"})
    text += fmt::format("-w {} -p wa -k kmodsec-config\n", folder);
  file.wanted = text_file(std::move(text), 0640);
  return file;
}

}  // namespace kmodsec
