// SPDX-License-Identifier: GPL-2.0-or-later
//
// The actions of a verb as a table, of which each row has the name of one.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/suggestions.hpp"

namespace kmodsec {

/// In the order of the table.
template <class Table>
std::vector<std::string> names_of_actions(const Table& subcommands) {
  std::vector<std::string> names;
  for (const auto& subcommand : subcommands) names.emplace_back(subcommand.name);
  return names;
}

/// The row of an action. `usage` where the verb has none of that name, with the nearest.
template <class Table>
Result<typename Table::value_type> action_called(const std::string& name, const std::string& verb,
                                                 const Table& subcommands) {
  const auto found = std::ranges::find(subcommands, name, &Table::value_type::name);
  if (found != subcommands.end()) return *found;
  return std::unexpected(one_of(verb, name, names_of_actions(subcommands)).error());
}

}  // namespace kmodsec
