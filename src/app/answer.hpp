// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "base/result.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// Exit codes of every verb; docs/exit-codes.md has the table.
enum class Outcome { clean = 0, findings = 1, failed = 2, incomplete = 3 };

/// What a verb has to say: the bytes for stdout, and what it could not look at for stderr.
struct Answer {
  std::string text;
  Outcome outcome = Outcome::clean;
  std::vector<Unseen> unseen;
  std::optional<Error> error;  ///< Why the work failed on its way; the text tells how far it came.
};

/// What the exit code of every verb follows from.
struct Judged {
  bool found = false;    ///< Findings, at or above --fail-on where the verb takes it.
  bool unknown = false;  ///< An answer that nobody can give, or something that was not seen.
  bool failed = false;   ///< The work was not done.
};

/// A failure counts before findings, and these before what is unknown.
constexpr Outcome outcome_of(const Judged& judged) {
  if (judged.failed) return Outcome::failed;
  if (judged.found) return Outcome::findings;
  return judged.unknown ? Outcome::incomplete : Outcome::clean;
}

/// The same of a verb that finds nothing, or did.
inline Outcome outcome_of(const std::vector<Unseen>& unseen, bool found = false) {
  return outcome_of(Judged{.found = found, .unknown = !unseen.empty()});
}

/// Of a whole answer: an error on the way counts, whatever the answer says.
inline Outcome outcome_of(const Answer& answer) {
  return answer.error ? Outcome::failed : answer.outcome;
}

/// Wherever the budget ended: what was looked for behind that may have been missed in silence.
/// Whether it has ended; the gap is noted once.
inline bool note_spent(const Budget& budget, std::vector<Unseen>& unseen) {
  const auto why = budget.why_spent();
  if (!why) return false;
  const Unseen gap{*why, "the rest of this run"};
  if (std::ranges::find(unseen, gap) == unseen.end()) unseen.push_back(gap);
  return true;
}

}  // namespace kmodsec
