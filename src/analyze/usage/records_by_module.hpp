// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/usage/usage_record.hpp"

namespace kmodsec {

/// By which of them go first where there are too many: what was imported before what was seen here,
/// and then the oldest.
inline std::pair<bool, std::int64_t> worth_of(const UsedModule& used) {
  return {used.boots > 0, used.last_seen};
}
inline std::pair<bool, std::int64_t> worth_of(const StoppedLoad& load) {
  return {true, load.last_seen};
}

template <class Used>
void bound(std::vector<Used>& list) {
  if (list.size() <= most_recorded_modules) return;
  std::vector<std::pair<bool, std::int64_t>> worths;
  worths.reserve(list.size());
  for (const Used& used : list) worths.push_back(worth_of(used));
  const auto excess = list.size() - most_recorded_modules;
  const auto best_that_goes = worths.begin() + static_cast<std::ptrdiff_t>(excess - 1);
  std::ranges::nth_element(worths, best_that_goes);
  std::size_t left = excess;
  for (const bool worse : {true, false}) {
    std::erase_if(list, [&](const Used& used) {
      const bool goes =
          worse ? worth_of(used) < *best_that_goes : worth_of(used) == *best_that_goes;
      if (!goes || left == 0) return false;
      --left;
      return true;
    });
  }
}

/// The entries of a record by their modules, while some are added.
template <class Used>
class ByModule {
 public:
  explicit ByModule(std::vector<Used>& list) : list_(list) {
    for (Used& used : list) {
      const std::string module = used.module;
      entries_.emplace_hint(entries_.end(), module, std::move(used));
    }
    list.clear();
  }

  /// Makes the entry where it is missing.
  Used& at(const std::string& module, std::int64_t time) {
    const auto [place, is_new] = entries_.try_emplace(module);
    if (is_new) {
      place->second.module = module;
      place->second.first_seen = time;
      place->second.last_seen = time;
    }
    return place->second;
  }

  bool has(const std::string& module) const { return entries_.contains(module); }

  /// Puts them back, what is worth the least left out where there are too many.
  void finish() {
    for (auto& [module, used] : entries_) list_.push_back(std::move(used));
    bound(list_);
  }

 private:
  std::vector<Used>& list_;
  std::map<std::string, Used> entries_;
};

/// A name from elsewhere, which is no use of this host. What is no name of a module is left out.
void note_imported(ByModule<UsedModule>& modules, std::string_view name, std::string_view from,
                   std::int64_t time);

}  // namespace kmodsec
