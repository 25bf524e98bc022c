// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/policy.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <ranges>
#include <string>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/files/toml_fields.hpp"
#include "model/host/module_name.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

constexpr std::array deny_answers = {DenyAnswer::fail, DenyAnswer::pretend};
constexpr std::array initramfs_choices = {DenyInInitramfs::include, DenyInInitramfs::exclude};
constexpr std::array keep_modes = {KeepMode::observe, KeepMode::enforce};

/// The one of `values` whose word stands in the node.
template <class Value, std::size_t count, class ToWord>
Value choice(const toml::node& node, std::string_view what, const std::array<Value, count>& values,
             ToWord to_word) {
  const auto word = node.value_or(std::string_view{});
  const auto found = std::ranges::find(values, word, to_word);
  if (found != values.end()) return *found;
  std::vector<std::string> words;
  for (const Value& value : values) words.emplace_back(to_word(value));
  complain(node.source(), fmt::format("{} is not one of {}", what, join(words, ", ")));
}

std::string module_of(const toml::source_region& where, std::string_view text) {
  std::string name = normalized_module_name(text);
  if (!is_module_name(name))
    complain(where, fmt::format("'{}' is not the name of a module", utf8_text(name)));
  return name;
}

void add_modules(const toml::table& table, std::string_view key, std::string_view place,
                 std::vector<std::string>& modules) {
  const std::string what = fmt::format("a module in {}.{}", place, key);
  std::unordered_set<std::string> known(modules.begin(), modules.end());
  for (const toml::node& node : array_at(table, key)) {
    std::string name = module_of(node.source(), text_of(node, what));
    if (known.insert(name).second) modules.push_back(std::move(name));
  }
}

void read_switch(const toml::table& table, std::string_view place, std::string_view key,
                 bool& value) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return;
  if (!node->is_boolean())
    complain(node->source(), fmt::format("{}.{} is not true or false", place, key));
  value = node->as_boolean()->get();
}

/// The file becomes a line of modprobe.d: nothing in it may begin another one.
std::string one_line(const toml::node& node, std::string_view what) {
  std::string text = text_of(node, what);
  const bool breaks = std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\\'; });
  if (breaks) complain(node.source(), fmt::format("{} is more than one plain line", what));
  return text;
}

/// Of profiles, or of classes, whose names are formed alike.
void add_list_names(const toml::table& table, std::string_view key, std::string_view of,
                    std::vector<std::string>& names) {
  std::unordered_set<std::string> known(names.begin(), names.end());
  for (const toml::node& node : array_at(table, key)) {
    std::string name = profile_name_of(node, of);
    if (known.insert(name).second) names.push_back(std::move(name));
  }
}

void read_deny(const toml::table& table, DenyPolicy& deny) {
  expect_keys(table, "[deny]",
              {"profiles", "modules", "except", "autoload_by_users", "everything_else",
               "on_attempt", "initramfs"});
  const auto word = [](auto value) { return to_string(value); };
  add_list_names(table, "profiles", "profile", deny.profiles);
  add_modules(table, "modules", "deny", deny.modules);
  add_modules(table, "except", "deny", deny.except);
  read_switch(table, "deny", "autoload_by_users", deny.autoload_by_users);
  read_switch(table, "deny", "everything_else", deny.everything_else);
  if (const toml::node* node = table.get("on_attempt"))
    deny.on_attempt = choice(*node, "deny.on_attempt", deny_answers, word);
  if (const toml::node* node = table.get("initramfs"))
    deny.initramfs = choice(*node, "deny.initramfs", initramfs_choices, word);
}

void read_keep(const toml::table& table, KeepPolicy& keep) {
  expect_keys(table, "[keep]", {"mode", "modules", "profiles", "classes"});
  if (const toml::node* mode = table.get("mode"))
    keep.mode = choice(*mode, "keep.mode", keep_modes, [](KeepMode one) { return to_string(one); });
  add_modules(table, "modules", "keep", keep.modules);
  add_list_names(table, "profiles", "profile", keep.profiles);
  add_list_names(table, "classes", "class", keep.classes);
}

PolicyException read_exception(const toml::node& node, const std::string& path) {
  const toml::table* table = node.as_table();
  if (table == nullptr) complain(node.source(), "exception is not a list of [[exception]] tables");
  expect_keys(*table, "[[exception]]", {"module", "until", "reason"});
  const std::string name = required_text(*table, "module");
  return {.module = module_of(table->get("module")->source(), name),
          .until = exception_end(*table),
          .reason = one_line(*table->get("reason"), "reason"),
          .source = path,
          .line = node.source().begin.line};
}

/// It is of the findings of a check, or of a gap: each has keys that mean nothing to the other.
void expect_keys_of_waiver(const toml::table& table) {
  const bool of_check = table.contains("check");
  if (of_check == table.contains("gap"))
    complain(table.source(), of_check ? "a [[waiver]] has a check or a gap, not both"
                                      : "a [[waiver]] has neither a check nor a gap");
  if (of_check)
    expect_keys(table, "a [[waiver]] of a check", {"check", "subject", "reason", "owner", "until"});
  else
    expect_keys(table, "a [[waiver]] of a gap", {"gap", "why", "reason", "owner", "until"});
}

PolicyWaiver read_waiver(const toml::node& node, const std::string& path) {
  const toml::table* table = node.as_table();
  if (table == nullptr) complain(node.source(), "waiver is not a list of [[waiver]] tables");
  expect_keys(*table, "[[waiver]]", {"check", "subject", "gap", "why", "reason", "owner", "until"});
  expect_keys_of_waiver(*table);
  const toml::node* subject = table->get("subject");
  return {.check = optional_text(*table, "check"),
          .subject = subject == nullptr ? "" : text_of(*subject, "waiver.subject"),
          .reason = required_text(*table, "reason"),
          .owner = required_text(*table, "owner"),
          .until = exception_end(*table),
          .source = path,
          .line = node.source().begin.line,
          .gap = optional_text(*table, "gap"),
          .why = optional_text(*table, "why")};
}

void read_load(const toml::table& table, std::vector<std::string>& load) {
  expect_keys(table, "[load]", {"modules"});
  add_modules(table, "modules", "load", load);
}

void read_options(const toml::table& table, std::vector<PolicyOptions>& options) {
  std::vector<PolicyOptions> all = std::move(options);
  for (const auto& [key, node] : table) {
    const std::string module = module_of(key.source(), key.str());
    all.push_back({module, one_line(node, "options." + module)});
  }
  std::unordered_set<std::string> known;
  options.clear();
  for (PolicyOptions& one : std::views::reverse(all)) {
    if (known.insert(one.module).second) options.push_back(std::move(one));
  }
  std::ranges::reverse(options);
}

void read_freeze(const toml::table& table, const std::string& path, FreezePolicy& freeze) {
  expect_keys(table, "[freeze]", {"level", "require"});
  if (const toml::node* level = table.get("level")) {
    freeze.level = choice(*level, "freeze.level", all_freeze_levels,
                          [](FreezeLevel one) { return to_string(one); });
    freeze.source = path;
  }
  add_modules(table, "require", "freeze", freeze.require);
}

void read_audit_rules(const toml::table& table, bool& enabled) {
  expect_keys(table, "[audit_rules]", {"enabled"});
  read_switch(table, "audit_rules", "enabled", enabled);
}

void read_policy(const toml::table& document, const std::string& path, Policy& policy) {
  expect_keys(document, "a policy",
              {"deny", "keep", "exception", "waiver", "load", "options", "freeze", "audit_rules"});
  if (const toml::table* deny = table_at(document, "deny")) read_deny(*deny, policy.deny);
  if (const toml::table* keep = table_at(document, "keep")) read_keep(*keep, policy.keep);
  for (const toml::node& node : array_at(document, "exception"))
    policy.exceptions.push_back(read_exception(node, path));
  for (const toml::node& node : array_at(document, "waiver"))
    policy.waivers.push_back(read_waiver(node, path));
  if (const toml::table* load = table_at(document, "load")) read_load(*load, policy.load);
  if (const toml::table* options = table_at(document, "options"))
    read_options(*options, policy.options);
  if (const toml::table* freeze = table_at(document, "freeze"))
    read_freeze(*freeze, path, policy.freeze);
  if (const toml::table* rules = table_at(document, "audit_rules"))
    read_audit_rules(*rules, policy.audit_rules);
}

}  // namespace

Result<Policy> parse_policy(std::string_view text, const std::string& path, Policy policy) {
  return read_toml(text, [&](const toml::table& document) {
    read_policy(document, path, policy);
    policy.sources.push_back(path);
    return policy;
  });
}

}  // namespace kmodsec
