// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kmodsec {

void sort_unique(std::vector<Unseen>& unseen) {
  std::ranges::sort(unseen);
  const auto repeated = std::ranges::unique(unseen);
  unseen.erase(repeated.begin(), repeated.end());
}

Verdict judge(std::vector<Finding> findings, std::vector<Unseen> unseen) {
  sort_unique(unseen);
  const Status status = !findings.empty() ? Status::fail
                        : !unseen.empty() ? Status::unknown
                                          : Status::pass;
  return {status, std::move(findings), std::move(unseen), {}};
}

Unseen unseen_because(const Error& error) { return {error.subject, error.reason}; }

void note_unseen_loaded(const Facts& facts, std::vector<Unseen>& unseen) {
  note_unseen(facts.loaded, unseen);
  std::ranges::copy(facts.unseen_loaded, std::back_inserter(unseen));
}

Verdict unknown(const Error& error) { return judge({}, {unseen_because(error)}); }

Verdict not_applicable(std::string reason) {
  return {Status::not_applicable, {}, {}, std::move(reason)};
}

}  // namespace kmodsec
