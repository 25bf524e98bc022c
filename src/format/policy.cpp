// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "base/module_name.hpp"
#include "base/text.hpp"
#include "format/toml_fields.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 6> tables = {"deny",    "exception", "load",
                                                    "options", "freeze",    "audit_rules"};
constexpr std::array<std::string_view, 3> freeze_levels = {"signatures", "lockdown", "all"};
constexpr std::array deny_answers = {DenyAnswer::fail, DenyAnswer::pretend};
constexpr std::array initramfs_choices = {DenyInInitramfs::include, DenyInInitramfs::exclude};

/// The one of `values` whose word stands in the node.
template <class Value, std::size_t count, class ToWord>
Value choice(const toml::node& node, std::string_view what, const std::array<Value, count>& values,
             ToWord to_word) {
  const auto word = node.value_or(std::string_view{});
  const auto found = std::ranges::find(values, word, to_word);
  if (found != values.end()) return *found;
  std::vector<std::string> words;
  for (const Value& value : values) words.emplace_back(to_word(value));
  complain(node.source(), fmt::format("{} is none of {}", what, join(words, ", ")));
}

std::string denied_module(const toml::node& node) {
  std::string name = normalized_module_name(text_of(node, "a module in deny.modules"));
  if (!is_module_name(name))
    complain(node.source(), fmt::format("'{}' is not the name of a module", name));
  return name;
}

DenyPolicy read_deny(const toml::table& table) {
  expect_keys(table, "[deny]", {"profiles", "modules", "on_attempt", "initramfs"});
  const auto word = [](auto value) { return to_string(value); };
  DenyPolicy deny;
  for (const toml::node& node : array_at(table, "profiles"))
    deny.profiles.push_back(profile_name_of(node));
  for (const toml::node& node : array_at(table, "modules"))
    deny.modules.push_back(denied_module(node));
  if (const toml::node* node = table.get("on_attempt"))
    deny.on_attempt = choice(*node, "deny.on_attempt", deny_answers, word);
  if (const toml::node* node = table.get("initramfs"))
    deny.initramfs = choice(*node, "deny.initramfs", initramfs_choices, word);
  return deny;
}

std::string read_freeze_level(const toml::table& freeze) {
  const toml::node* level = freeze.get("level");
  if (!level) return "";
  return std::string(choice(*level, "freeze.level", freeze_levels, std::identity{}));
}

Policy read_policy(const toml::table& document) {
  for (const auto& [key, node] : document) {
    if (std::ranges::find(tables, key.str()) == tables.end())
      complain(key.source(), fmt::format("unknown table '{}'", utf8_text(key.str())));
  }
  Policy policy;
  if (const toml::table* freeze = table_at(document, "freeze"))
    policy.freeze_level = read_freeze_level(*freeze);
  if (const toml::table* deny = table_at(document, "deny")) policy.deny = read_deny(*deny);
  return policy;
}

}  // namespace

Result<Policy> parse_policy(std::string_view text) { return read_toml(text, read_policy); }

}  // namespace kmodsec
