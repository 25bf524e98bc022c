// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyze/work.hpp"
#include "model/loading/load_config.hpp"

namespace kmodsec {

/// The lines of one directive, found by the name that they are about. Points into them.
class ConfigLines {
 public:
  struct Placed {
    const ConfigLine* line;
    std::size_t place;  ///< Among all lines of the directive.
  };

  void add(const ConfigLine& line);

  /// The first whose name is this one, or a pattern that it fits; null when there is none.
  const ConfigLine* first_for(const std::string& name, Work& work) const;

  /// All of those in order. Of patterns that say the same, the first counts.
  std::vector<const ConfigLine*> all_for(const std::string& name, Work& work) const;

  /// Those that bear the very name, in order.
  const std::vector<Placed>& named(std::string_view name) const;

 private:
  std::size_t count_ = 0;
  std::unordered_map<std::string_view, std::vector<Placed>> named_;
  std::vector<Placed> patterns_;
  std::unordered_set<std::string> said_by_patterns_;
  mutable std::unordered_map<std::string, const ConfigLine*> first_asked_;
};

}  // namespace kmodsec
