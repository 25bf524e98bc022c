// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/derived.hpp"
#include "model/facts.hpp"
#include "model/report.hpp"
#include "model/seen.hpp"

namespace kmodsec {

/// What a check concluded. Findings make it a failure even when something else was unseen.
struct Verdict {
  Status status = Status::unknown;
  std::vector<Finding> findings;
  std::vector<Unseen> unseen;
  std::string reason;  ///< Why it is not applicable.
};

/// No finding and nothing unseen is a pass; no finding but something unseen is unknown. What is
/// unseen is sorted, each gap once.
Verdict judge(std::vector<Finding> findings, std::vector<Unseen> unseen = {});
Verdict unknown(const Error& error);
Verdict not_applicable(std::string reason);

/// Leaves each gap once, in order.
void sort_unique(std::vector<Unseen>& unseen);

/// The same for a reader: a folder is one gap whether its name ends in a slash or not.
void name_each_once(std::vector<Unseen>& unseen);

/// What a gap is named by there.
std::string_view gap_name(const Unseen& gap);

/// `unseen` with the subject and reason of an error.
Unseen unseen_because(const Error& error);

/// Adds why a fact was not seen, if it was not.
template <class T>
void note_unseen(const Seen<T>& fact, std::vector<Unseen>& unseen) {
  if (!fact) unseen.push_back(unseen_because(fact.error()));
}

/// Adds why the list of loaded modules was not seen, or which of its lines.
void note_unseen_loaded(const Facts& facts, std::vector<Unseen>& unseen);

/// Adds why it is not known what the next boot needs: all of it, or a part.
void note_unseen_needs(const Facts& facts, std::vector<Unseen>& unseen);

/// What must be there for a check to make sense; the runner decides, once for all checks.
enum class Needs {
  nothing,         ///< Any tree, live or not.
  live_kernel,     ///< State of a running or captured kernel.
  module_support,  ///< A live kernel that can load modules.
};

/// One rule: everything a reader needs is data, and `evaluate` is pure.
struct Check {
  std::string_view id;     ///< FAMILY-NNN: never reused, never renumbered.
  std::string_view title;  ///< What holds where it passes.
  std::string_view fault;  ///< What is wrong where it fails: how its findings are headed.
  Severity severity = Severity::medium;
  Needs needs = Needs::nothing;
  std::string_view method;  ///< What is looked at, and what makes a finding.
  std::string_view rationale;
  std::string_view remedy;
  std::string_view command;  ///< What mends it where one command does; "{}" are its subjects.
  std::array<std::string_view, 4> follows;  ///< Ids of checks that may explain its findings.
  std::array<std::string_view, 4> references;
  Verdict (*evaluate)(const Facts&, const Derived&);
};

/// Every check, sorted by id.
std::span<const Check* const> all_checks();

}  // namespace kmodsec
