// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/history_report.hpp"

#include <fmt/format.h>

#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/json.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

bool changed_something(const SavedPath& saved) {
  return saved.before.kind != FileKind::absent || saved.result != "absent";
}

std::string_view state_of(const Transaction& transaction) {
  return transaction.state == TransactionState::done ? "done" : "interrupted";
}

}  // namespace

std::string print_history_text(const std::vector<Transaction>& transactions, const Style& style) {
  if (transactions.empty()) return "There is nothing to undo.\n";
  std::string text;
  for (const Transaction& transaction : transactions) {
    text += fmt::format("{:>4}  {}  {}\n", transaction.number, utc_text(transaction.time),
                        state_of(transaction));
    for (const SavedPath& saved : transaction.paths) {
      if (changed_something(saved))
        text += paragraph("      " + printable(utf8_text(saved.path)), 8, style);
    }
  }
  return text;
}

std::string print_history_json(const std::vector<Transaction>& transactions, const Facts& facts) {
  Json document = json_document("history", facts);
  document["transactions"] = Json::array();
  for (const Transaction& transaction : transactions) {
    Json paths = Json::array();
    for (const SavedPath& saved : transaction.paths) {
      if (changed_something(saved)) paths.push_back(utf8_text(saved.path));
    }
    document["transactions"].push_back({{"number", transaction.number},
                                        {"time", utc_text(transaction.time)},
                                        {"state", state_of(transaction)},
                                        {"paths", std::move(paths)}});
  }
  document["unseen"] = Json::array();
  return print_json(document);
}

}  // namespace kmodsec
