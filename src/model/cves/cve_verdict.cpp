// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cves/cve_verdict.hpp"

namespace kmodsec {

std::string_view to_string(VexStatus status) {
  switch (status) {
    case VexStatus::affected: return "affected";
    case VexStatus::fixed: return "fixed";
    case VexStatus::not_affected: return "not_affected";
    case VexStatus::under_investigation: break;
  }
  return "under_investigation";
}

std::string_view words_of(VexStatus status) {
  switch (status) {
    case VexStatus::affected: return "affected";
    case VexStatus::fixed: return "fixed";
    case VexStatus::not_affected: return "not affected";
    case VexStatus::under_investigation: break;
  }
  return "cannot tell";
}

std::string_view to_string(CveDecider decider) {
  switch (decider) {
    case CveDecider::version: return "version";
    case CveDecider::changelog: return "changelog";
    case CveDecider::changelog_title: return "changelog_title";
    case CveDecider::tracker: return "tracker";
    case CveDecider::revert: return "revert";
    case CveDecider::newer_than_data: return "newer_than_data";
    case CveDecider::backports: return "backports";
    case CveDecider::unknown_range: return "unknown_range";
    case CveDecider::mainline_alone: return "mainline_alone";
    case CveDecider::unknown_version: break;
  }
  return "unknown_version";
}

}  // namespace kmodsec
