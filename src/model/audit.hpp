// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/check.hpp"

namespace kmodsec {

struct CheckResult {
  const Check* check = nullptr;
  Verdict verdict;
  std::string command;     ///< What mends its findings, or looks closer at them.
  std::string_view cause;  ///< Id of another check that fails and explains all its findings.
};

/// What `audit` concluded, ready to be shown. Points into the `Facts` it was made from.
struct AuditReport {
  const Facts* facts = nullptr;
  std::vector<CheckResult> results;  ///< In the order of the checks' ids.
  std::vector<Unseen> unseen;        ///< Every gap once, sorted.
};

}  // namespace kmodsec
