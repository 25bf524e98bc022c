// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// Exit codes of every verb (design: 0 clean, 1 findings, 2 failed, 3 not all was seen).
enum class Outcome { clean = 0, findings = 1, failed = 2, incomplete = 3 };

/// What a verb has to say: the bytes for stdout, and what it could not look at for stderr.
struct Answer {
  std::string text;
  Outcome outcome = Outcome::clean;
  std::vector<Unseen> unseen;
  std::optional<Error> error;  ///< Why the work failed on its way; the text tells how far it came.
};

/// `clean`, or `incomplete` when something was not seen.
inline Outcome outcome_of(const std::vector<Unseen>& unseen) {
  return unseen.empty() ? Outcome::clean : Outcome::incomplete;
}

}  // namespace kmodsec
