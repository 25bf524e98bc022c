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

std::string_view gap_name(const Unseen& gap) {
  std::string_view name = gap.what;
  if (name.size() > 1 && name.ends_with('/')) name.remove_suffix(1);
  return name;
}

void name_each_once(std::vector<Unseen>& unseen) {
  sort_unique(unseen);
  const auto named = [](const Unseen& gap) {
    return std::pair(gap_name(gap), std::string_view(gap.why));
  };
  std::ranges::stable_sort(unseen, {}, named);
  const auto repeated = std::ranges::unique(unseen, {}, named);
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

void note_unseen_needs(const Facts& facts, std::vector<Unseen>& unseen) {
  note_unseen(facts.needs, unseen);
  std::ranges::copy(facts.unseen_needs, std::back_inserter(unseen));
}

Verdict unknown(const Error& error) { return judge({}, {unseen_because(error)}); }

Verdict not_applicable(std::string reason) {
  return {Status::not_applicable, {}, {}, std::move(reason)};
}

}  // namespace kmodsec
