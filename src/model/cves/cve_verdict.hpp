// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// What one kernel has of one vulnerability. What each word means: docs/known-cves.md.
enum class VexStatus { affected, fixed, not_affected, under_investigation };

/// What decided on the status.
enum class CveDecider {
  version,          ///< The upstream version, held against the record's.
  changelog,        ///< The changelog of its package names the vulnerability.
  changelog_title,  ///< The changelog has a change with the title of its fix.
  tracker,          ///< The distribution's own tracker.
  revert,           ///< The same changelog takes the fix back.
  newer_than_data,  ///< The tables end before this version of its branch.
  backports,        ///< Its maker takes fixes into a base version that stays.
  unknown_version,  ///< The version of this kernel is unknown.
  unknown_range,    ///< The record names no versions.
  mainline_alone,   ///< The record is not the CNA's, and knows no stable branch.
};

struct CveVerdict {
  VexStatus status = VexStatus::under_investigation;
  CveDecider decider = CveDecider::unknown_version;
  std::string
      fixed_in;       ///< The version with the fix on this branch, or of the package; may be empty.
  std::string words;  ///< The decision, for people.
};

std::string_view to_string(VexStatus status);
std::string_view words_of(VexStatus status);
std::string_view to_string(CveDecider decider);

}  // namespace kmodsec
