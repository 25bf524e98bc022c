// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/report.hpp"

namespace kmodsec {

/// A finding as an earlier answer of `audit` has it.
struct EarlierFinding {
  std::string check;  ///< Id.
  std::string subject;
  std::string message;

  auto operator<=>(const EarlierFinding&) const = default;
};

/// What an earlier answer of `audit` said. Each text is empty where the answer did not know it.
struct EarlierAudit {
  std::string host;
  std::string machine_id;                ///< Hashed, as in every document.
  std::string time;                      ///< As RFC 3339 writes it.
  bool all_modules = false;              ///< Also where the answer does not tell.
  std::vector<EarlierFinding> findings;  ///< Without what was waived.
  std::vector<Unseen> unseen;
};

/// How an answer differs from an earlier one. Which of its findings are new is kept with the
/// results of its checks.
struct AuditComparison {
  std::string host;         ///< Of the earlier answer.
  std::string time;         ///< Of the earlier answer.
  bool other_host = false;  ///< It was of another one.
  std::size_t new_findings = 0;
  std::size_t known_findings = 0;  ///< Of this answer, without what is waived.
  std::vector<EarlierFinding> gone;
  std::vector<EarlierFinding> undecided;  ///< Not found again, where not all was looked at.
  std::vector<Unseen> new_gaps;           ///< Sorted.
};

}  // namespace kmodsec
