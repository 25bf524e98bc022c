// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/baseline/baseline_change.hpp"

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

std::string_view to_string(ChangeAspect aspect) {
  switch (aspect) {
    case ChangeAspect::content: return "content";
    case ChangeAspect::packing: return "packing";
    case ChangeAspect::code: return "code";
    case ChangeAspect::signature: return "signature";
    case ChangeAspect::mode: return "mode";
    case ChangeAspect::owner: return "owner";
    case ChangeAspect::link: return "link";
    case ChangeAspect::capabilities: return "capabilities";
  }
  return "";
}

}  // namespace kmodsec
