// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/profile.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "format/files/toml_fields.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// One spelling only, so that a search for a module finds it in every profile.
std::string module_name(const toml::table& table) {
  std::string name = required_text(table, "name");
  if (is_module_name(name)) return name;
  const toml::source_region& where = table.get("name")->source();
  const std::string spelt = normalized_module_name(name);
  if (is_module_name(spelt)) complain(where, fmt::format("'{}' is written {}", name, spelt));
  complain(where, fmt::format("'{}' is not the name of a module", name));
}

ProfileModule read_module(const toml::node& node) {
  const toml::table* table = node.as_table();
  if (!table) complain(node.source(), "module is not a list of [[module]] tables");
  expect_keys(*table, "[[module]]", {"name", "reason", "source", "breaks"});
  return {.name = module_name(*table),
          .reason = required_text(*table, "reason"),
          .source = required_text(*table, "source"),
          .breaks = optional_text(*table, "breaks")};
}

std::vector<ProfileModule> read_modules(const toml::table& document) {
  std::vector<ProfileModule> modules;
  std::set<std::string> names;
  for (const toml::node& node : array_at(document, "module")) {
    ProfileModule module = read_module(node);
    if (!names.insert(module.name).second)
      complain(node.source(), fmt::format("{} is listed twice", module.name));
    modules.push_back(std::move(module));
  }
  return modules;
}

Profile read_profile(const toml::table& document) {
  expect_keys(document, "a profile", {"name", "title", "description", "includes", "module"});
  required_text(document, "name");
  Profile profile{.name = profile_name_of(*document.get("name")),
                  .title = required_text(document, "title"),
                  .description = required_text(document, "description"),
                  .modules = read_modules(document)};
  for (const toml::node& node : array_at(document, "includes"))
    profile.includes.push_back(profile_name_of(node));
  if (profile.modules.empty() && profile.includes.empty())
    complain(document.source(), "it has no [[module]] and includes nothing");
  return profile;
}

}  // namespace

Result<Profile> parse_profile(std::string_view text) { return read_toml(text, read_profile); }

}  // namespace kmodsec
