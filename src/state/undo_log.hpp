// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "model/policy/own_paths.hpp"
#include "model/policy/plan.hpp"
#include "model/policy/transaction.hpp"
#include "model/report.hpp"
#include "system/files/editor.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// `denied` when somebody other than root may change what stands at a path of the host.
using CheckTrust = std::function<Result<void>(const std::string& path)>;

/// The transactions of a host below /var/lib/kmodsec: a folder for each, with its journal and a
/// copy of every file that it changes. A folder gets its name only when all of that is on the disk.
/// What is read from there is believed only as far as it is trusted, and as far as a plan goes.
class UndoLog {
 public:
  UndoLog(const Root& root, const Editor& editor, CheckTrust is_trusted, OwnPaths own)
      : root_(root), editor_(editor), is_trusted_(std::move(is_trusted)), own_(std::move(own)) {}

  /// Takes the lock of the host. `denied` when another run has it for longer than `patience`, or
  /// when others than root may change what is written there.
  Result<void> open(std::chrono::seconds patience = {});

  /// Whether another run has the lock of the host.
  bool is_open_elsewhere() const;

  /// The transactions, oldest first. A damaged journal is an error: nobody may guess what it
  /// undoes. So is one that others than root may write, or that asks for what no plan does.
  Result<std::vector<Transaction>> all() const;

  /// Whether a file is the administrator's as much as ours: what was written to it since counts.
  bool is_of_administrator(const std::string& path) const {
    return own_.of_administrator.contains(path);
  }

  /// See `CheckTrust`.
  Result<void> is_trusted(const std::string& path) const { return is_trusted_(path); }

  /// Saves what stands at the paths that a plan changes. After this, and not before, they may
  /// change.
  Result<Transaction> begin(const Plan& plan, std::int64_t time);

  /// Notes that all of it is done, and what stands at its paths now.
  Result<void> finish(Transaction& transaction);

  /// Notes another state of a transaction that has begun.
  Result<void> write(const Transaction& transaction);

  /// Those that were reverted, oldest first. Nothing is undone by them any more: one whose journal
  /// cannot be read, or not be trusted, is a gap.
  Result<std::vector<Transaction>> undone(std::vector<Unseen>& unseen) const;

  /// The numbers of those that can be undone, and of those that were reverted, in order.
  Result<std::vector<std::uint32_t>> numbers() const { return numbers_of({}); }
  Result<std::vector<std::uint32_t>> undone_numbers() const;

  /// Keeps the journal of a transaction that is undone now, so that its number names no other one,
  /// and removes all else of it.
  Result<void> retire(const Transaction& transaction);

  /// Forgets a transaction, with its copies.
  Result<void> forget(const Transaction& transaction);

  /// Where the content of a saved file lies.
  static std::string copy_of(const Transaction& transaction, const SavedPath& saved);

  /// What stood at a path before the transaction, with the content of a file. `denied` where others
  /// than root may change its copy.
  Result<FileState> state_before(const Transaction& transaction, const SavedPath& saved) const;

  /// What stands at a path as one short text, as `digest_at` has it.
  static std::string digest_of(const FileState& state);

  /// What stands at a path as one short text: its kind, its mode and owner, a digest of its
  /// content.
  Result<std::string> digest_at(const std::string& path) const;

 private:
  Result<void> sweep() const;
  Result<Transaction> read(std::uint32_t number) const;
  Result<Transaction> read_journal(const std::string& path, std::uint32_t number) const;

  /// Those of the folders with such an end of their name, in order. No folder: none.
  Result<std::vector<std::uint32_t>> numbers_of(std::string_view suffix) const;
  Result<void> remove_copies(std::uint32_t number) const;  ///< Of one that is undone.
  Result<void> save(SavedPath& saved, const std::string& into, std::size_t number) const;
  Result<std::uint32_t> next_number() const;

  const Root& root_;
  const Editor& editor_;
  CheckTrust is_trusted_;
  OwnPaths own_;
  Descriptor lock_;
};

}  // namespace kmodsec
