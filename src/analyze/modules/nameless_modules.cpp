// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/nameless_modules.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {

void NamelessModules::note(const std::string& folder, std::vector<Unseen>& unseen) const {
  if (count_ == 0) return;
  unseen.push_back({folder, fmt::format("has {} whose name is none, the first is {}",
                                        count_of(count_, "module"), first_)});
}

}  // namespace kmodsec
