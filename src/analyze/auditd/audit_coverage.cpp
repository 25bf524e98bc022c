// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/audit_coverage.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "model/auditd/audit_rule_text.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t kern_module_type = 1330;
constexpr std::int64_t syscall_type = 1300;

/// A rule without an architecture has numbers of the host's own calls, and for a 32-bit program
/// they are other calls (linux: include/uapi/asm-generic/unistd.h, arch/x86/entry/syscalls).
struct SameNumber {
  std::string_view machine;
  std::string_view call;       ///< Of a 32-bit program.
  std::string_view native[2];  ///< What has its number for the host.
};
constexpr std::array same_numbers = {
    SameNumber{"x86_64", "init_module", {"rt_sigtimedwait", "128"}},
    SameNumber{"x86_64", "delete_module", {"rt_sigqueueinfo", "129"}},
    SameNumber{"x86_64", "finit_module", {"350", "350"}},
    SameNumber{"aarch64", "init_module", {"restart_syscall", "128"}},
    SameNumber{"aarch64", "delete_module", {"kill", "129"}},
    SameNumber{"aarch64", "finit_module", {"379", "379"}}};

/// A call by programs of one word size, on one machine.
struct Call {
  std::string_view name;
  std::string_view arch;
  std::string_view machine;
};

bool has_any(const AuditRule& rule, std::string_view name, std::string_view other) {
  return std::ranges::find(rule.calls, name) != rule.calls.end() ||
         std::ranges::find(rule.calls, other) != rule.calls.end();
}

bool names_call(const AuditRule& rule, const Call& call) {
  if (rule.calls.front() == "all") return true;
  const bool is_native = audit_word_sizes(call.machine).front() == call.arch;
  if (!rule.arch.empty() || is_native) return has_any(rule, call.name, call.name);
  return std::ranges::any_of(same_numbers, [&](const SameNumber& row) {
    return row.machine == call.machine && row.call == call.name &&
           has_any(rule, row.native[0], row.native[1]);
  });
}

/// "arch!=b64", which takes the numbers of its calls from what it rules out.
bool is_ruled_out(const AuditRule& rule, const Call& call) {
  return std::ranges::any_of(rule.fields, [&](const AuditField& field) {
    if (field.name != "arch") return false;
    const bool differs = field.value != call.arch;
    return differs == (field.op == "=") || rule.calls.front() != "all";
  });
}

/// A rule about files, which no call for modules names.
bool is_about_files(const AuditRule& rule) {
  constexpr std::array<std::string_view, 6> names = {"path",     "perm",     "inode",
                                                     "devmajor", "devminor", "filetype"};
  return std::ranges::any_of(rule.fields, [&](const AuditField& field) {
    return field.name.starts_with("obj_") || field.value.starts_with("obj_") ||
           std::ranges::find(names, field.name) != names.end();
  });
}

bool concerns(const AuditRule& rule, const Call& call) {
  if (rule.list != "exit" || (!rule.arch.empty() && rule.arch != call.arch)) return false;
  return names_call(rule, call) && !is_ruled_out(rule, call) && !is_about_files(rule);
}

/// What is asked of a call beside its name and architecture.
std::vector<AuditField> conditions_of(const AuditRule& rule) {
  std::vector<AuditField> fields = rule.fields;
  std::erase_if(fields, [](const AuditField& field) { return field.name == "arch"; });
  return fields;
}

std::string text_of(const std::vector<AuditField>& fields) {
  std::vector<std::string> texts;
  for (const AuditField& field : fields) texts.push_back(field.name + field.op + field.value);
  return join(texts, " and ");
}

/// Loads by the kernel's helper, at boot and by daemons have no audit user id, which counts as the
/// highest number: "auid>=1000" alone records them (linux: kernel/auditsc.c, audit_filter_rules).
bool hides_unattended_loads(const std::vector<AuditField>& fields) {
  return std::ranges::any_of(fields, [](const AuditField& field) {
    if (field.name != "auid" && field.name != "sessionid") return false;
    const bool is_unset = field.value == "unset" || field.value == "4294967295";
    return (field.op == "!=" && is_unset) ||
           (!is_unset && (field.op == "=" || field.op.starts_with('<')));
  });
}

std::string why_partly(const std::vector<AuditField>& fields) {
  std::string why = "recorded only where " + text_of(fields);
  if (hides_unattended_loads(fields))
    why += ": not what the kernel loads by itself, nor what boot and daemons load";
  return why;
}

/// One of them is true of every call: "success=0" and "success=1", "auid<1000" and "auid>=1000".
bool are_opposites(const AuditField& one, const AuditField& other) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> pairs = {
      std::pair{"=", "!="}, {"<", ">="}, {">", "<="}};
  if (one.name != other.name) return false;
  if (one.name == "success" && one.op == "=" && other.op == "=")
    return (one.value == "0") != (other.value == "0");
  return one.value == other.value && std::ranges::any_of(pairs, [&](const auto& pair) {
           return (one.op == pair.first && other.op == pair.second) ||
                  (one.op == pair.second && other.op == pair.first);
         });
}

/// What the rules of a list make of a call: the first that fits decides.
class CallCoverage {
 public:
  /// False: no rule behind this one counts.
  bool add(const AuditRule& rule) {
    const std::vector<AuditField> fields = conditions_of(rule);
    if (rule.action != "always") return add_never(rule, fields);
    const bool is_whole = fields.empty() || completes(fields);
    if (is_whole) {
      is_recorded_ = true;
      return false;
    }
    if (fields.size() == 1) single_.push_back(fields.front());
    const auto weight = std::pair(hides_unattended_loads(fields), fields.size());
    if (always_ == nullptr || weight < weight_) {
      always_ = &rule;
      weight_ = weight;
    }
    return true;
  }

  std::optional<AuditCoverageGap> gap(const Call& call) const {
    AuditCoverageGap gap{std::string(call.name), std::string(call.arch), "no rule records it",
                         nullptr};
    if (is_recorded_ && never_ == nullptr) return std::nullopt;
    if (is_recorded_ || is_kept_out_) {
      gap.rule = never_;
      const std::vector<AuditField> fields = conditions_of(*never_);
      gap.why =
          fields.empty() ? "a rule keeps it out" : "a rule keeps it out where " + text_of(fields);
    } else if (always_ != nullptr) {
      gap.rule = always_;
      gap.why = why_partly(conditions_of(*always_));
    }
    return gap;
  }

 private:
  bool add_never(const AuditRule& rule, const std::vector<AuditField>& fields) {
    is_kept_out_ = fields.empty();
    if (never_ == nullptr || is_kept_out_) never_ = &rule;
    return !is_kept_out_;
  }

  bool completes(const std::vector<AuditField>& fields) const {
    return fields.size() == 1 && std::ranges::any_of(single_, [&](const AuditField& other) {
             return are_opposites(fields.front(), other);
           });
  }

  const AuditRule* never_ = nullptr;  ///< The first that keeps some out, or the one that keeps all.
  const AuditRule* always_ = nullptr;  ///< The one that hides least.
  std::pair<bool, std::size_t> weight_;
  std::vector<AuditField> single_;
  bool is_recorded_ = false;
  bool is_kept_out_ = false;
};

std::optional<AuditCoverageGap> gap_of(const std::vector<AuditRule>& rules, const Call& call) {
  CallCoverage coverage;
  for (const AuditRule& rule : rules) {
    if (concerns(rule, call) && !coverage.add(rule)) break;
  }
  return coverage.gap(call);
}

bool compares(std::int64_t number, std::string_view op, std::int64_t other) {
  if (op == "=") return number == other;
  if (op == "!=") return number != other;
  if (op == "<") return number < other;
  if (op == "<=") return number <= other;
  if (op == ">") return number > other;
  return op == ">=" && number >= other;
}

/// The list "exclude" drops records of a type, whatever the action of its rule (linux:
/// kernel/auditfilter.c, audit_filter).
bool drops(const AuditRule& rule, std::int64_t type) {
  if (rule.list != "exclude" || rule.fields.empty()) return false;
  return std::ranges::all_of(rule.fields, [&](const AuditField& field) {
    const auto number = parse_number<std::int64_t>(field.value);
    return field.name != "msgtype" || (number && compares(type, field.op, *number));
  });
}

/// Rules that silence every record of a kind, or of some programs.
std::vector<AuditCoverageGap> silenced(const std::vector<AuditRule>& rules) {
  std::vector<AuditCoverageGap> gaps;
  bool has_all_tasks = false;
  const auto add = [&](const AuditRule& rule, std::string why, std::string_view but) {
    std::vector<AuditField> fields = rule.fields;
    std::erase_if(fields, [&](const AuditField& field) { return field.name == but; });
    if (!fields.empty()) why += " where " + text_of(fields);
    gaps.push_back({"all system calls", "", std::move(why), &rule});
  };
  for (const AuditRule& rule : rules) {
    if (rule.list == "task" && rule.action == "never" && !has_all_tasks)
      add(rule, "no process is audited", "");
    has_all_tasks = has_all_tasks || (rule.list == "task" && rule.fields.empty());
    if (drops(rule, syscall_type) || drops(rule, kern_module_type))
      add(rule, "their records are dropped", "msgtype");
  }
  return gaps;
}

}  // namespace

std::vector<AuditCoverageGap> audit_coverage_gaps(const std::vector<AuditRule>& rules,
                                                  std::string_view machine) {
  std::vector<AuditCoverageGap> gaps = silenced(rules);
  for (const std::string_view arch : audit_word_sizes(machine)) {
    for (const std::string_view call : module_calls) {
      if (auto gap = gap_of(rules, {call, arch, machine})) gaps.push_back(std::move(*gap));
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
