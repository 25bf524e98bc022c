// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_rules.hpp"

#include <algorithm>
#include <list>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "format/auditd/audit_calls.hpp"
#include "format/auditd/audit_rule_data.hpp"
#include "format/auditd/audit_rule_limits.hpp"
#include "format/auditd/auditctl_line.hpp"
#include "format/auditd/auditctl_words.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_rules = 8192;
constexpr std::size_t most_removals = 1000;
constexpr std::size_t most_problems = 1000;
constexpr std::uint32_t locked = 2;

/// The kernel while it takes rules (linux 6.1: kernel/auditfilter.c, audit_add_rule), and auditctl
/// that hands them to it.
class Loading {
 public:
  Loading(const AuditctlHost& host, AuditRuleFiles& files) : host_(host), files_(files) {
    const std::uint32_t wide = audit_arch(host.machine, "b64");
    native_ = wide != 0 ? wide : audit_arch(host.machine, "b32");
  }

  bool is_over() const { return is_over_; }

  void read(std::string_view line, const AuditLineOrigin& origin) {
    const std::vector<std::string> words = auditctl_words(line);
    if (words.empty()) return;
    AuditctlRequest request = read_auditctl_line(words, host_);
    goes_on_ = goes_on_ || request.goes_on;
    if (auto refusal = do_all(request)) note(std::move(*refusal), line, origin);
    if (request.change == AuditctlRequest::Change::add && !request.refusal) set_origin(origin);
  }

  void finish() {
    for (Rule& each : rules_) {
      auto rule = parse_audit_rule_data(each.bytes, native_);
      if (!rule) continue;
      rule->source = each.origin.path;
      rule->line = each.origin.line;
      files_.rules.push_back(std::move(*rule));
    }
    files_.locks = enabled_ == locked;
    files_.switches_off = enabled_ == 0;
  }

 private:
  struct Rule {
    std::string bytes;
    std::string key;
    AuditLineOrigin origin;
  };
  using Refusal = std::optional<AuditctlRefusal>;

  Refusal do_all(AuditctlRequest& request) {
    const bool changes = request.change != AuditctlRequest::Change::none || request.removes_all ||
                         request.sets_something;
    newest_ = rules_.end();
    if (enabled_ == locked && changes && !request.refusal)
      return AuditctlRefusal{"a line before it locks the rules (-e 2)"};
    if (request.removes_all) remove_all(request.removes_key);
    if (request.enabled && enabled_ != locked) enabled_ = *request.enabled;
    if (request.refusal) return request.refusal;
    switch (request.change) {
      case AuditctlRequest::Change::add: return add(request.rule);
      case AuditctlRequest::Change::remove: return remove(request.rule);
      case AuditctlRequest::Change::none: break;
    }
    return std::nullopt;
  }

  Refusal add(const AuditRuleDraft& rule) {
    Refusal refusal = refused_by_kernel(rule, host_);
    if (refusal && refusal->sure) return refusal;
    if (rules_.size() >= most_rules)
      return AuditctlRefusal{"there are too many rules to compare", false};
    std::string bytes = rule.bytes();
    if (known_.contains(bytes)) return AuditctlRefusal{"a line before it has the same rule"};
    const bool first = (rule.head.flags & AUDIT_FILTER_PREPEND) != 0;
    newest_ = rules_.insert(first ? rules_.begin() : rules_.end(), {bytes, key_of(rule), {}});
    known_.emplace(std::move(bytes), newest_);
    return refusal;
  }

  Refusal remove(const AuditRuleDraft& rule) {
    const auto found = known_.find(rule.bytes());
    if (found == known_.end()) return AuditctlRefusal{"no line before it has the rule to remove"};
    rules_.erase(found->second);
    known_.erase(found);
    return std::nullopt;
  }

  /// All, or those in whose key it is (audit-userspace: src/auditctl-listing.c, key_match).
  void remove_all(const std::string& key) {
    if (++removals_ > most_removals && !key.empty()) {
      is_over_ = true;
      return note({"there are too many removals to compare", false}, "-D -k", {});
    }
    for (auto rule = rules_.begin(); rule != rules_.end();) {
      const bool stays = !key.empty() && rule->key.find(key) == std::string::npos;
      if (!stays) known_.erase(rule->bytes);
      rule = stays ? std::next(rule) : rules_.erase(rule);
    }
  }

  static std::string key_of(const AuditRuleDraft& rule) {
    for (std::size_t i = 0; i < rule.head.field_count; ++i) {
      if (rule.head.fields[i] == AUDIT_FILTERKEY)
        return rule.texts.substr(rule.texts.size() - rule.head.values[i]);
    }
    return {};
  }

  void set_origin(const AuditLineOrigin& origin) {
    if (newest_ != rules_.end()) newest_->origin = origin;
  }

  void note(AuditctlRefusal refusal, std::string_view line, const AuditLineOrigin& origin) {
    if (!goes_on_ && refusal.sure) is_over_ = true;
    if (files_.problems.size() >= most_problems) return;
    files_.problems.push_back({origin.path, origin.line, utf8_text(trim(line)),
                               std::move(refusal.reason), !goes_on_, refusal.sure});
  }

  const AuditctlHost& host_;
  AuditRuleFiles& files_;
  std::uint32_t native_ = 0;
  std::uint32_t enabled_ = 1;  ///< auditd sets it so before it takes rules.
  std::list<Rule> rules_;
  std::list<Rule>::iterator newest_ = rules_.end();
  std::unordered_map<std::string, std::list<Rule>::iterator> known_;
  std::size_t removals_ = 0;
  bool goes_on_ = false;
  bool is_over_ = false;
};

}  // namespace

GeneratedAuditRules audit_rules_as_written(std::string_view text, const std::string& source) {
  GeneratedAuditRules rules{std::string(text), {}};
  for_each_line(text, [&](std::string_view, std::size_t number) {
    rules.origins.push_back({source, number});
  });
  return rules;
}

void parse_audit_rules(const GeneratedAuditRules& text, const AuditctlHost& host,
                       AuditRuleFiles& files) {
  Loading loading(host, files);
  for_each_line(text.text, [&](std::string_view line, std::size_t number) {
    const AuditLineOrigin origin =
        number <= text.origins.size() ? text.origins[number - 1] : AuditLineOrigin{};
    do {
      if (loading.is_over()) return;
      loading.read(line.substr(0, longest_auditctl_line), origin);
      line.remove_prefix(std::min(longest_auditctl_line, line.size()));
    } while (!line.empty());
  });
  loading.finish();
}

void parse_audit_rules(std::string_view text, const std::string& source, AuditRuleFiles& files) {
  parse_audit_rules(audit_rules_as_written(text, source), AuditctlHost{}, files);
}

}  // namespace kmodsec
