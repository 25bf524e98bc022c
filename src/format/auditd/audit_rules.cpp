// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "format/auditd/audit_rule_words.hpp"

namespace kmodsec {
namespace {

/// They set how the audit system works, and are no rules.
constexpr std::array<std::string_view, 10> settings = {"-D",
                                                       "-i",
                                                       "-c",
                                                       "-b",
                                                       "-f",
                                                       "-r",
                                                       "--backlog_wait_time",
                                                       "--loginuid-immutable",
                                                       "--reset-lost",
                                                       "--reset_backlog_wait_time_actual"};
constexpr std::array<std::string_view, 8> operators = {"!=", ">=", "<=", "&=", "=", ">", "<", "&"};

constexpr std::array<std::string_view, 6> lists = {"exit", "task",       "exclude",
                                                   "user", "filesystem", "io_uring"};

std::string_view word_size(std::string_view arch) {
  constexpr std::array<std::string_view, 5> narrow = {"b32", "i386", "i686", "arm", "ppc"};
  return std::ranges::find(narrow, arch) != narrow.end() ? "b32" : "b64";
}

bool add_list(std::string_view value, AuditRule& rule) {
  const std::vector<std::string_view> words = split(value, ',');
  for (const std::string_view word : words) {
    if (word == "always" || word == "never")
      rule.action = word;
    else if (std::ranges::find(lists, word) != lists.end())
      rule.list = word;
  }
  return words.size() == 2 && !rule.action.empty() && !rule.list.empty();
}

bool add_field(std::string_view condition, AuditRule& rule) {
  const std::size_t start = condition.find_first_of("!<>=&");
  if (start == std::string_view::npos || start == 0) return false;
  const auto op = std::ranges::find_if(
      operators, [&](std::string_view each) { return condition.substr(start).starts_with(each); });
  if (op == operators.end()) return false;
  const std::string name = utf8_text(condition.substr(0, start));
  const std::string value = utf8_text(condition.substr(start + op->size()));
  if (value.empty()) return false;
  if (name == "arch" && *op == "=")
    rule.arch = word_size(value);
  else if (name == "key")
    rule.key = value;
  else
    rule.fields.push_back({name, std::string(*op), value});
  return true;
}

void add_calls(std::string_view value, AuditRule& rule) {
  for (const std::string_view call : split(value, ',')) rule.calls.push_back(utf8_text(call));
}

/// What is wrong with an option; empty when nothing is.
std::string add_option(std::string_view option, std::string_view value, AuditRule& rule) {
  if (option == "-a" || option == "-A") {
    if (!add_list(value, rule)) return "no list and action: " + utf8_text(value);
  } else if (option == "-S") {
    add_calls(value, rule);
  } else if (option == "-F" || option == "-C") {
    if (!add_field(value, rule)) return "no condition: " + utf8_text(value);
  } else if (option == "-k") {
    rule.key = utf8_text(value);
  } else if (option == "-w") {
    rule.list = "exit";
    rule.action = "always";
    rule.fields.push_back({"path", "=", utf8_text(value)});
  } else if (option == "-p") {
    rule.fields.push_back({"perm", "=", utf8_text(value)});
  } else {
    return "no option that is known: " + utf8_text(option);
  }
  return {};
}

/// A watch without -p is for all ways.
void complete_watch(AuditRule& rule) {
  const bool has_perm =
      std::ranges::find(rule.fields, "perm", &AuditField::name) != rule.fields.end();
  if (!has_perm) rule.fields.push_back({"perm", "=", "rwxa"});
}

std::string read_rule(const std::vector<std::string_view>& words, AuditRule& rule) {
  if (words.size() % 2 != 0) return "an option has no value";
  for (std::size_t i = 0; i < words.size(); i += 2) {
    if (std::string problem = add_option(words[i], words[i + 1], rule); !problem.empty())
      return problem;
  }
  if (rule.list.empty()) return "is no rule: neither -a nor -w";
  if (words.front() == "-w") complete_watch(rule);
  normalize(rule);
  return {};
}

}  // namespace

void parse_audit_rules(std::string_view text, const std::string& source, AuditRuleFiles& files) {
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    line = trim(line);
    const std::vector<std::string_view> words = split_words(line);
    if (words.empty() || words.front().starts_with('#')) return;
    if (words.front() == "-e") {
      files.locks = words.size() > 1 && words[1] == "2";
      return;
    }
    if (std::ranges::find(settings, words.front()) != settings.end()) return;
    AuditRule rule{.source = source, .line = number};
    if (std::string problem = read_rule(words, rule); !problem.empty())
      files.problems.push_back({source, number, utf8_text(line), std::move(problem)});
    else
      files.rules.push_back(std::move(rule));
  });
}

}  // namespace kmodsec
