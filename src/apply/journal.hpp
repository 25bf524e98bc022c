// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/plan.hpp"
#include "model/transaction.hpp"
#include "system/editor.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// The transactions of a host below /var/lib/kmodsec: a folder for each, with its journal and a
/// copy of every file that it changes. A folder gets its name only when all of that is on the disk.
class Journal {
 public:
  Journal(const Root& root, const Editor& editor) : root_(root), editor_(editor) {}

  /// Takes the lock of the host and removes what an interrupted run left of a folder. `denied` when
  /// another run has the lock.
  Result<void> open();

  /// Oldest first. A damaged journal is an error: nobody may guess what it undoes.
  Result<std::vector<Transaction>> all() const;

  /// Saves what stands at the paths that a plan changes. After this, and not before, they may
  /// change.
  Result<Transaction> begin(const Plan& plan, std::int64_t time);

  /// Notes that all of it is done, and what stands at its paths now.
  Result<void> finish(Transaction& transaction);

  /// Notes another state of a transaction that has begun.
  Result<void> write(const Transaction& transaction);

  /// Forgets a transaction, with its copies.
  Result<void> forget(const Transaction& transaction);

  /// Where the content of a saved file lies.
  static std::string copy_of(const Transaction& transaction, const SavedPath& saved);

  /// What stands at a path as one short text: its kind, its mode and owner, a digest of its
  /// content.
  Result<std::string> digest_at(const std::string& path) const;

 private:
  Result<void> sweep() const;
  Result<void> save(SavedPath& saved, const std::string& into, std::size_t number) const;
  Result<std::uint32_t> next_number() const;

  const Root& root_;
  const Editor& editor_;
  Descriptor lock_;
};

}  // namespace kmodsec
