// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/options.hpp"
#include "model/report.hpp"
#include "report/style.hpp"

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

/// A part of the command line that a verb takes beyond the options that all have.
enum class Takes { nothing, module, modules, module_and_parameters, check, action };

struct Verb {
  std::string_view name;
  std::string_view help;
  Takes takes = Takes::nothing;
  Result<Answer> (*run)(const Options&, const Style&);
  bool changes = false;           ///< It changes the host, and asks before.
  std::string_view actions = {};  ///< What can be done, of a verb that takes an action.
};

std::span<const Verb> all_verbs();

Result<Answer> run_audit(const Options& options, const Style& style);
Result<Answer> run_list(const Options& options, const Style& style);
Result<Answer> run_show(const Options& options, const Style& style);
Result<Answer> run_verify(const Options& options, const Style& style);
Result<Answer> run_doors(const Options& options, const Style& style);
Result<Answer> run_cves(const Options& options, const Style& style);
Result<Answer> run_load(const Options& options, const Style& style);
Result<Answer> run_unload(const Options& options, const Style& style);
Result<Answer> run_plan(const Options& options, const Style& style);
Result<Answer> run_apply(const Options& options, const Style& style);
Result<Answer> run_deny(const Options& options, const Style& style);
Result<Answer> run_allow(const Options& options, const Style& style);
Result<Answer> run_unblock(const Options& options, const Style& style);
Result<Answer> run_freeze(const Options& options, const Style& style);
Result<Answer> run_revert(const Options& options, const Style& style);
Result<Answer> run_baseline(const Options& options, const Style& style);
Result<Answer> run_events(const Options& options, const Style& style);
Result<Answer> run_data(const Options& options, const Style& style);
Result<Answer> run_snapshot(const Options& options, const Style& style);
Result<Answer> run_explain(const Options& options, const Style& style);
Result<Answer> run_checks(const Options& options, const Style& style);

/// `clean`, or `incomplete` when something was not seen.
inline Outcome outcome_of(const std::vector<Unseen>& unseen) {
  return unseen.empty() ? Outcome::clean : Outcome::incomplete;
}

}  // namespace kmodsec
