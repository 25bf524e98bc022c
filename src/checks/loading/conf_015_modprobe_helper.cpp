// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view setting = "/proc/sys/kernel/modprobe";

/// The path that the kernel was built with, or one of the two that distributions use.
bool is_usual(std::string_view path, const Seen<KernelConfig>& config) {
  if (path == "/sbin/modprobe" || path == "/usr/sbin/modprobe") return true;
  if (!config) return false;
  const auto built_in = config->find("CONFIG_MODPROBE_PATH");
  return built_in != config->end() && built_in->second == path;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  const auto& helper = facts.kernel.modprobe_helper;
  if (!helper) return unknown(helper.error());
  if (helper->path.empty()) return judge({});

  std::vector<Finding> findings;
  if (!is_usual(helper->path, facts.kernel.config))
    findings.push_back(
        {helper->path,
         "is not the usual modprobe: the kernel runs it as root when a module is asked for",
         {{std::string(setting), {}, helper->path}}});
  for (const Ownership& guard : helper->owners) {
    if (others_may_write(guard))
      findings.push_back({guard.path,
                          "is on the way to the helper, and others than root may write it",
                          {{guard.path, {}, describe(guard)}}});
  }
  std::vector<Unseen> unseen = unclear_of(helper->owners);
  if (!helper->resolved) unseen.push_back(unseen_because(helper->resolved.error()));
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check conf_015_modprobe_helper{
    .id = "CONF-015",
    .title = "The kernel asks the system's own modprobe for modules",
    .fault = "The kernel asks another program than the system's own modprobe for modules",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .rationale =
        "When a module is needed the kernel runs the program named in kernel.modprobe as "
        "root in the initial namespaces. Overwriting that one string, or the file behind "
        "it, is a classic last step of kernel exploits.",
    .remedy =
        "Find out who changed it, then set kernel.modprobe back to /sbin/modprobe and give "
        "the file and the folders above it to root. An empty value ends loading on demand "
        "altogether.",
    .references = {"linux:kernel/module/kmod.c",
                   "linux:Documentation/admin-guide/sysctl/kernel.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
