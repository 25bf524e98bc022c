// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/baseline_change.hpp"

#include <algorithm>

namespace kmodsec {

std::size_t BaselineReport::suspicious() const {
  return static_cast<std::size_t>(std::ranges::count_if(changes, &BaselineChange::is_suspicious));
}

std::string_view to_string(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added: return "added";
    case ChangeKind::removed: return "removed";
    case ChangeKind::changed: return "changed";
  }
  return "";
}

}  // namespace kmodsec
