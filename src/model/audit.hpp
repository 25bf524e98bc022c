// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/audit_comparison.hpp"
#include "model/check.hpp"

namespace kmodsec {

/// A finding that the policy waives, and who answers for it. Points into the policy of the facts.
struct WaivedFinding {
  Finding finding;
  const PolicyWaiver* waiver = nullptr;
};

/// What could not be seen and the policy waives, and who answers for it. Points into the policy of
/// the facts.
struct WaivedGap {
  Unseen gap;
  const PolicyWaiver* waiver = nullptr;
};

struct CheckResult {
  const Check* check = nullptr;
  Verdict verdict;
  std::string command;                ///< What mends its findings, or looks closer at them.
  std::vector<WaivedFinding> waived;  ///< They are not among the findings of the verdict.
  std::string_view cause;  ///< Id of another check that fails and explains all its findings.
  std::vector<WaivedGap> waived_gaps = {};  ///< They are not among what the verdict has unseen.
  std::size_t new_findings = 0;  ///< With a comparison: the first of the verdict's are new.
};

/// What `audit` concluded, ready to be shown. Points into the `Facts` it was made from.
struct AuditReport {
  const Facts* facts = nullptr;
  std::vector<CheckResult> results;  ///< In the order of the checks' ids.
  std::vector<Unseen> unseen;        ///< Every gap once, sorted, but for those that are waived.
  /// Vulnerabilities of this kernel's modules of which nobody can tell; nothing without tables.
  std::optional<std::size_t> undecided_cves = std::nullopt;
  std::vector<WaivedGap> waived_gaps = {};  ///< Every one once, sorted.
  /// Waivers in force that cover nothing of what was found or not seen, in the order of the policy.
  std::vector<const PolicyWaiver*> idle_waivers = {};
  bool all_modules = false;  ///< Every installed module was examined, not only the loaded ones.
  std::optional<AuditComparison> comparison = std::nullopt;
};

}  // namespace kmodsec
