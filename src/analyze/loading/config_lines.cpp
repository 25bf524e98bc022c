// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/config_lines.hpp"

#include <algorithm>
#include <cstdint>

#include "analyze/modules/pattern.hpp"

namespace kmodsec {
namespace {

const std::vector<ConfigLines::Placed> none_placed;

bool is_pattern(std::string_view name) {
  return name.find_first_of("*?[\\") != std::string_view::npos;
}

}  // namespace

void ConfigLines::add(const ConfigLine& line) {
  const Placed placed{&line, count_++};
  named_[line.name].push_back(placed);
  const bool is_new =
      is_pattern(line.name) && said_by_patterns_.insert(line.name + '\n' + line.argument).second;
  if (is_new) patterns_.push_back(placed);
}

const std::vector<ConfigLines::Placed>& ConfigLines::named(std::string_view name) const {
  const auto found = named_.find(name);
  return found == named_.end() ? none_placed : found->second;
}

const ConfigLine* ConfigLines::first_for(const std::string& name, Work& work) const {
  const auto [asked, is_new] = first_asked_.try_emplace(name, nullptr);
  if (!is_new) return asked->second;
  const std::vector<Placed>& own = named(name);
  const std::size_t before = own.empty() ? SIZE_MAX : own.front().place;
  const auto pattern = std::ranges::find_if(patterns_, [&](const Placed& each) {
    return each.place > before || matches_pattern(each.line->name, name, work);
  });
  if (pattern != patterns_.end() && pattern->place < before) return asked->second = pattern->line;
  return asked->second = own.empty() ? nullptr : own.front().line;
}

std::vector<const ConfigLine*> ConfigLines::all_for(const std::string& name, Work& work) const {
  std::vector<Placed> found = named(name);
  work.spend(found.size());
  for (const Placed& pattern : patterns_) {
    const bool is_its_name = pattern.line->name == name;
    if (!is_its_name && matches_pattern(pattern.line->name, name, work)) found.push_back(pattern);
  }
  std::ranges::sort(found, {}, &Placed::place);
  std::vector<const ConfigLine*> lines;
  for (const Placed& each : found) lines.push_back(each.line);
  return lines;
}

}  // namespace kmodsec
