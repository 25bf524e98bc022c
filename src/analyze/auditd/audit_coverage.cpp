// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/audit_coverage.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "model/auditd/audit_rule_text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view kern_module_type = "1330";
constexpr std::string_view syscall_type = "1300";

bool concerns(const AuditRule& rule, std::string_view call, std::string_view arch) {
  if (rule.list != "exit" || (!rule.arch.empty() && rule.arch != arch)) return false;
  return rule.calls.front() == "all" || std::ranges::count(rule.calls, call) > 0;
}

/// A rule about files, which no call for modules names.
bool is_about_files(const AuditRule& rule) {
  return std::ranges::any_of(rule.fields, [](const AuditField& field) {
    return field.name == "path" || field.name == "perm" || field.name == "inode";
  });
}

std::string conditions_of(const AuditRule& rule) {
  std::vector<std::string> texts;
  for (const AuditField& field : rule.fields) texts.push_back(field.name + field.op + field.value);
  return join(texts, " and ");
}

/// Loads by the kernel's helper, at boot and by daemons have no audit user id.
bool hides_unattended_loads(const AuditRule& rule) {
  return std::ranges::any_of(rule.fields, [](const AuditField& field) {
    const bool from_number = field.op.starts_with('>') || field.op == "=";
    return field.name == "auid" && ((field.op == "!=" && field.value == "unset") ||
                                    (from_number && field.value != "unset"));
  });
}

std::string why_partly(const AuditRule& rule) {
  std::string why = "recorded only where " + conditions_of(rule);
  if (hides_unattended_loads(rule))
    why += ": not what the kernel loads by itself, nor what boot and daemons load";
  return why;
}

std::optional<AuditCoverageGap> gap_of(const std::vector<AuditRule>& rules, std::string_view call,
                                       std::string_view arch) {
  AuditCoverageGap gap{std::string(call), std::string(arch), "no rule records it", nullptr};
  for (const AuditRule& rule : rules) {
    if (!concerns(rule, call, arch) || is_about_files(rule)) continue;
    const bool always = rule.action == "always";
    if (rule.fields.empty()) {
      if (always) return std::nullopt;
      return AuditCoverageGap{gap.call, gap.arch, "a rule keeps it out", &rule};
    }
    if (gap.rule != nullptr) continue;
    gap.rule = &rule;
    gap.why = always ? why_partly(rule) : "a rule keeps it out where " + conditions_of(rule);
  }
  return gap;
}

bool drops(const AuditRule& rule, std::string_view type) {
  return rule.list == "exclude" && rule.fields.size() == 1 &&
         rule.fields.front().name == "msgtype" && rule.fields.front().value == type;
}

/// Rules that silence every record of a kind.
std::vector<AuditCoverageGap> silenced(const std::vector<AuditRule>& rules) {
  std::vector<AuditCoverageGap> gaps;
  for (const AuditRule& rule : rules) {
    if (rule.list == "task" && rule.action == "never" && rule.fields.empty())
      gaps.push_back({"all system calls", "", "no process is audited", &rule});
    if (drops(rule, syscall_type) || drops(rule, kern_module_type))
      gaps.push_back({"all system calls", "", "their records are dropped", &rule});
  }
  return gaps;
}

}  // namespace

std::vector<AuditCoverageGap> audit_coverage_gaps(const std::vector<AuditRule>& rules,
                                                  std::string_view machine) {
  std::vector<AuditCoverageGap> gaps = silenced(rules);
  for (const std::string_view arch : audit_word_sizes(machine)) {
    for (const std::string_view call : module_calls) {
      if (auto gap = gap_of(rules, call, arch)) gaps.push_back(std::move(*gap));
    }
  }
  return gaps;
}

bool takes_no_rules(const AuditdState& auditd) {
  return auditd.status && auditd.status->enabled == 2;
}

std::vector<const AuditRule*> rules_not_among(const std::vector<AuditRule>& rules,
                                              const std::vector<AuditRule>& others) {
  std::set<std::string> known;
  for (const AuditRule& rule : others) known.insert(to_string(rule));
  std::vector<const AuditRule*> missing;
  for (const AuditRule& rule : rules) {
    if (!known.contains(to_string(rule))) missing.push_back(&rule);
  }
  return missing;
}

std::vector<const AuditRule*> rules_not_in_force(const AuditdState& auditd, std::string_view path) {
  if (!auditd.written || !auditd.active) return {};
  auto missing = rules_not_among(auditd.written->rules, *auditd.active);
  std::erase_if(missing, [&](const AuditRule* rule) { return rule->source != path; });
  return missing;
}

std::vector<LoaderWatch> watches_of_loaders(const std::vector<AuditRule>& rules) {
  constexpr std::array<std::string_view, 3> names = {"/insmod", "/modprobe", "/rmmod"};
  std::vector<LoaderWatch> watches;
  for (const AuditRule& rule : rules) {
    const auto path = std::ranges::find(rule.fields, "path", &AuditField::name);
    if (path == rule.fields.end()) continue;
    if (std::ranges::any_of(names,
                            [&](std::string_view name) { return path->value.ends_with(name); }))
      watches.push_back({path->value, &rule});
  }
  return watches;
}

}  // namespace kmodsec
