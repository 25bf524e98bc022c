// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/history_report.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/json.hpp"
#include "report/paragraph.hpp"
#include "report/policy/deny_words.hpp"
#include "report/policy/plan_report.hpp"

namespace kmodsec {
namespace {

bool changed_something(const SavedPath& saved) {
  return saved.before.kind != FileKind::absent || saved.result != "absent";
}

std::string_view state_of(const Transaction& transaction) {
  switch (transaction.state) {
    case TransactionState::done: return "done";
    case TransactionState::undone: return "undone";
    case TransactionState::begun: break;
  }
  return "interrupted";
}

bool can_be_undone(const PastChange& past) {
  return past.change.transaction.state != TransactionState::undone;
}

std::string print_change(const PastChange& past, const Style& style) {
  std::string text;
  const auto add = [&](std::string_view what, const std::vector<std::string>& names) {
    if (!names.empty())
      text += paragraph(fmt::format("      {}: {}", what, names_in_words(names)), 8, style);
  };
  const ChangeSummary& summary = past.summary;
  add("denied", summary.denies.denied);
  add("not denied any more", summary.denies.not_denied);
  add("loaded at each boot", summary.loaded_at_boot);
  add("not loaded at boot any more", summary.not_loaded_at_boot);
  add("parameters", summary.parameters);
  add("parameters taken away", summary.no_parameters);
  add("written", summary.made);
  add("changed", summary.rewritten);
  add("removed", summary.removed);
  add("rebuilt by programs", past.change.made_anew);
  add("changed since by somebody else, so that it is not known what was changed",
      past.change.changed_since);
  if (!past.change.unreadable.empty())
    text += paragraph("      not all that it changed could be seen", 8, style);
  for (const std::string& reason : past.change.transaction.reasons)
    text += paragraph("      because: " + printable(reason), 8, style);
  return text.empty() && can_be_undone(past) ? "      nothing that lasts\n" : text;
}

Json change_json(const PastChange& past) {
  const Transaction& transaction = past.change.transaction;
  const ChangeSummary& summary = past.summary;
  Json paths = Json::array();
  for (const SavedPath& saved : transaction.paths) {
    if (changed_something(saved)) paths.push_back(utf8_text(saved.path));
  }
  Json changed_since = Json::array();
  for (const std::string& path : past.change.changed_since)
    changed_since.push_back(utf8_text(path));
  return {{"number", transaction.number},
          {"time", utc_text(transaction.time)},
          {"state", state_of(transaction)},
          {"reasons", transaction.reasons},
          {"paths", std::move(paths)},
          {"denied", summary.denies.denied},
          {"not_denied", summary.denies.not_denied},
          {"loaded_at_boot", summary.loaded_at_boot},
          {"not_loaded_at_boot", summary.not_loaded_at_boot},
          {"parameters", summary.parameters},
          {"no_parameters", summary.no_parameters},
          {"changed_since", std::move(changed_since)}};
}

}  // namespace

std::string print_history_text(const std::vector<PastChange>& changes,
                               const std::vector<Unseen>& unseen, const Style& style) {
  if (changes.empty() && unseen.empty()) return std::string(nothing_to_undo);
  std::string text;
  for (const PastChange& past : changes) {
    const Transaction& transaction = past.change.transaction;
    text += fmt::format("{:>4}  {}  {}\n", transaction.number, utc_text(transaction.time),
                        state_of(transaction)) +
            print_change(past, style);
  }
  if (std::ranges::any_of(changes, can_be_undone))
    text += paragraph(
        "To see what undoing one and all after it would change: 'kmodsec revert NUMBER --dry-run'.",
        0, style);
  return text + print_gaps(unseen, style);
}

std::string print_history_json(const std::vector<PastChange>& changes,
                               const std::vector<Unseen>& unseen, const Facts& facts) {
  Json document = json_document("history", facts);
  document["transactions"] = Json::array();
  for (const PastChange& past : changes) document["transactions"].push_back(change_json(past));
  document["unseen"] = to_json(unseen);
  return print_json(document);
}

}  // namespace kmodsec
