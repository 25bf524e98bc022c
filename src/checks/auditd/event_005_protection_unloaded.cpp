// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <string_view>

#include "analyze/auditd/judge_events.hpp"

namespace kmodsec {
namespace {

/// Packet filters, encryption and verification of disks, guards of the kernel and its audit log.
constexpr std::array<std::string_view, 16> owners = {
    "br_netfilter", "dm_crypt",  "dm_integrity", "dm_verity", "ebtables",     "falco",
    "ip6_tables",   "ip_tables", "ip_vs",        "lkrg",      "nf_conntrack", "nf_nat",
    "nf_tables",    "p_lkrg",    "wireguard",    "x_tables"};

Verdict evaluate(const Facts& facts, const Derived&) {
  const auto is_required = [&](const std::string& module) {
    return facts.policy && std::ranges::count(facts.policy->freeze.require, module) > 0;
  };
  return judge_events(
      facts,
      [&](const ModuleEvent& event) {
        return event.action == EventAction::unload && event.error == 0 &&
               (std::ranges::binary_search(owners, event.module) || is_required(event.module));
      },
      "guards this host, and was unloaded");
}

}  // namespace

extern const Check event_005_protection_unloaded{
    .id = "EVENT-005",
    .title = "No module that guards this host was unloaded lately",
    .fault = "A module that guards this host was unloaded lately",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .method =
        "The events of modules in the audit log. It fails for each unloading of a packet filter, "
        "of disk encryption, of a guard of the kernel, or of a module in freeze.require.",
    .rationale =
        "A packet filter, the encryption of a disk or a guard of the kernel ends with its "
        "module. Those that the policy requires (freeze.require) count as well.",
    .remedy = "kmodsec events --module NAME shows who it was. Load it again: kmodsec load NAME.",
    .references = {"man:kmodsec(8)", "man:delete_module(2)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
