// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/keep_class.hpp"

#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "format/files/toml_fields.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view wildcards = "*?[";

void expect_module_name(const toml::table& table, const std::string& name) {
  if (name.empty() || is_module_name(name)) return;
  const toml::source_region& where = table.get("module")->source();
  const std::string spelt = normalized_module_name(name);
  if (is_module_name(spelt)) complain(where, fmt::format("'{}' is written {}", name, spelt));
  complain(where, fmt::format("'{}' is not the name of a module", name));
}

void expect_folder(const toml::table& table, const std::string& path) {
  if (path.empty()) return;
  const bool is_folder = path.starts_with("kernel/") && path.ends_with('/') &&
                         path.size() > std::string_view("kernel/").size() && !path.contains("//") &&
                         !path.contains("/../");
  if (!is_folder)
    complain(table.get("path")->source(),
             fmt::format("'{}' is not a folder of modules: it begins with kernel/ and ends with a "
                         "slash",
                         path));
}

/// A pattern that every alias fits would keep every driver.
void expect_alias(const toml::table& table, const std::string& alias) {
  if (alias.empty()) return;
  const bool is_pattern =
      normalized_pattern(alias).has_value() && alias.find_first_of(wildcards) != 0;
  if (!is_pattern)
    complain(table.get("alias")->source(),
             fmt::format("'{}' is not a pattern of aliases: it begins with the kind of device, and "
                         "its brackets pair",
                         alias));
}

KeepRule read_rule(const toml::node& node) {
  const toml::table* table = node.as_table();
  if (!table) complain(node.source(), "keep is not a list of [[keep]] tables");
  expect_keys(*table, "[[keep]]", {"module", "path", "alias", "reason"});
  KeepRule rule{.module = optional_text(*table, "module"),
                .path = optional_text(*table, "path"),
                .alias = optional_text(*table, "alias"),
                .reason = required_text(*table, "reason")};
  const int named = int{!rule.module.empty()} + int{!rule.path.empty()} + int{!rule.alias.empty()};
  if (named != 1) complain(node.source(), "[[keep]] has exactly one of module, path and alias");
  expect_module_name(*table, rule.module);
  expect_folder(*table, rule.path);
  expect_alias(*table, rule.alias);
  return rule;
}

std::vector<KeepRule> read_rules(const toml::table& document) {
  std::vector<KeepRule> rules;
  std::set<std::tuple<std::string, std::string, std::string>> known;
  for (const toml::node& node : array_at(document, "keep")) {
    KeepRule rule = read_rule(node);
    if (!known.emplace(rule.module, rule.path, rule.alias).second)
      complain(node.source(),
               fmt::format("{}{}{} is listed twice", rule.module, rule.path, rule.alias));
    rules.push_back(std::move(rule));
  }
  return rules;
}

KeepClass read_class(const toml::table& document) {
  expect_keys(document, "a keep class", {"name", "title", "keep"});
  required_text(document, "name");
  KeepClass keep_class{.name = profile_name_of(*document.get("name"), "class"),
                       .title = required_text(document, "title"),
                       .rules = read_rules(document)};
  if (keep_class.rules.empty()) complain(document.source(), "it has no [[keep]]");
  return keep_class;
}

}  // namespace

Result<KeepClass> parse_keep_class(std::string_view text) {
  auto keep_class = read_toml(text, read_class);
  if (keep_class && keep_class->rules.size() > most_keep_rules)
    return failure(ErrorKind::too_large, "", fmt::format("more than {} rules", most_keep_rules));
  return keep_class;
}

}  // namespace kmodsec
