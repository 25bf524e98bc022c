// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cves/holes_report.hpp"

namespace kmodsec {

std::string_view to_string(HoleAdvice advice) {
  switch (advice) {
    case HoleAdvice::update: return "update";
    case HoleAdvice::deny: return "deny";
    case HoleAdvice::unload: return "unload";
    case HoleAdvice::in_use: return "in_use";
    case HoleAdvice::built_in: return "built_in";
    case HoleAdvice::not_closed: return "not_closed";
    case HoleAdvice::ask_maker: return "ask_maker";
    case HoleAdvice::newer_data: break;
  }
  return "newer_data";
}

}  // namespace kmodsec
