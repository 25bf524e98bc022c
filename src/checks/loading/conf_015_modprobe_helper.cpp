// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view setting = "/proc/sys/kernel/modprobe";

/// The path that the kernel was built with, one of the two that distributions use, or on NixOS and
/// Guix the one in their store that the system sets while it starts.
bool is_usual(const ModprobeHelper& helper, const Facts& facts) {
  if (helper.path == "/sbin/modprobe" || helper.path == "/usr/sbin/modprobe") return true;
  if (facts.load && facts.load->loader.of_store && facts.load->loader.path == helper.path &&
      helper.path.ends_with("modprobe"))
    return true;
  const auto& config = facts.kernel.config;
  if (!config) return false;
  const auto built_in = config->find("CONFIG_MODPROBE_PATH");
  return built_in != config->end() && built_in->second == helper.path;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  const auto& helper = facts.kernel.modprobe_helper;
  if (!helper) return unknown(helper.error());
  if (helper->path.empty()) return judge({});

  std::vector<Finding> findings;
  if (!is_usual(*helper, facts))
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
    .method =
        "/proc/sys/kernel/modprobe, and who may write to the program and to the folders above it. "
        "It fails where it is not the usual path, or where others than root may write.",
    .rationale =
        "When a module is needed the kernel runs the program named in kernel.modprobe as "
        "root in the initial namespaces. Overwriting that one string, or the file behind "
        "it, is a classic last step of kernel exploits.",
    .remedy =
        "Find out who changed it, then set kernel.modprobe back to what the system sets while it "
        "starts, and give the file and the folders above it to root. That is /sbin/modprobe nearly "
        "everywhere; on NixOS and Guix it is a path in their store and has to stay that: they have "
        "no /sbin/modprobe. An empty value ends loading on demand altogether.",
    .follows = {"PERM-004"},
    .references = {"linux:kernel/module/kmod.c",
                   "linux:Documentation/admin-guide/sysctl/kernel.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
