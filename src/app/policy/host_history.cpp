// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/host_history.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "app/policy/transaction_changes.hpp"
#include "collect/host/trusted_files.hpp"
#include "collect/policy/policy.hpp"
#include "model/check.hpp"
#include "plan/owned_file.hpp"

namespace kmodsec {
namespace {

OwnPaths paths_of_plans() {
  OwnPaths own = own_paths();
  own.add(std::string(policy_path));
  own.of_administrator.insert(std::string(policy_path));
  return own;
}

/// What one transaction was not seen to make of a file hides what the one before it made of it.
std::vector<Unseen> unseen_of(const std::vector<TransactionChange>& changes) {
  std::map<std::string, Unseen> gaps;
  for (const TransactionChange& change : changes) {
    for (const Error& error : change.unreadable)
      gaps.try_emplace(error.subject, unseen_because(error));
  }
  std::vector<Unseen> unseen;
  for (auto& [subject, gap] : gaps) unseen.push_back(std::move(gap));
  return unseen;
}

}  // namespace

UndoLog undo_log_of(const ChangedHost& host) {
  return {
      *host.root, host.editor,
      [&root = *host.root](const std::string& path) { return only_root_may_change(root, path); },
      paths_of_plans()};
}

Result<std::vector<std::uint32_t>> transaction_numbers_of_host(const Options& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  return undo_log_of(*host).numbers();
}

Result<TransactionHistory> transactions_of_host(const Options& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  const UndoLog undo_log = undo_log_of(*host);
  auto transactions = undo_log.all();
  if (!transactions) return std::unexpected(transactions.error());
  std::ranges::reverse(*transactions);
  TransactionHistory history{changes_of(host->editor, undo_log, *transactions), {}};
  history.unseen = unseen_of(history.changes);
  auto undone = undo_log.undone(history.unseen);
  if (!undone) return std::unexpected(undone.error());
  for (Transaction& one : *undone) history.changes.push_back({.transaction = std::move(one)});
  std::ranges::sort(history.changes, std::ranges::greater{},
                    [](const TransactionChange& change) { return change.transaction.number; });
  return history;
}

}  // namespace kmodsec
