// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cves/hole_verdict.hpp"

namespace kmodsec {

std::string_view to_string(HoleStatus status) {
  switch (status) {
    case HoleStatus::affected: return "affected";
    case HoleStatus::fixed: return "fixed";
    case HoleStatus::not_affected: return "not_affected";
    case HoleStatus::cannot_tell: break;
  }
  return "cannot_tell";
}

std::string_view words_of(HoleStatus status) {
  switch (status) {
    case HoleStatus::affected: return "affected";
    case HoleStatus::fixed: return "fixed";
    case HoleStatus::not_affected: return "not affected";
    case HoleStatus::cannot_tell: break;
  }
  return "cannot tell";
}

std::string_view to_string(HoleDecider decider) {
  switch (decider) {
    case HoleDecider::version: return "version";
    case HoleDecider::changelog: return "changelog";
    case HoleDecider::revert: return "revert";
    case HoleDecider::newer_than_data: return "newer_than_data";
    case HoleDecider::backports: return "backports";
    case HoleDecider::unknown_range: return "unknown_range";
    case HoleDecider::unknown_version: break;
  }
  return "unknown_version";
}

}  // namespace kmodsec
