// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/check.hpp"

namespace kmodsec {

struct CheckResult {
  const Check* check = nullptr;
  Verdict verdict;
};

/// What `audit` concluded, ready to be shown. Points into the `Facts` it was made from.
struct AuditReport {
  const Facts* facts = nullptr;
  std::vector<CheckResult> results;  ///< In the order of the checks' ids.
  std::vector<Unseen> unseen;        ///< Every gap once, sorted.
};

}  // namespace kmodsec
