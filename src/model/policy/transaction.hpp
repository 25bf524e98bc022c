// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/file_state.hpp"
#include "model/kernel/host_action.hpp"

namespace kmodsec {

enum class TransactionState {
  begun,  ///< Some of it may be done: it has to be undone.
  done,   ///< All of it is.
};

/// A path that a transaction changes, as it was before.
struct SavedPath {
  std::string path;
  FileState before;              ///< Without the content of a file.
  std::string copy;              ///< Name of the file beside the journal that has the content.
  bool made_by_program = false;  ///< By one of the transaction, not by kmodsec itself.
  std::string result;            ///< Digest of what stood there when the transaction was done.
};

/// What a transaction has the host do when the files are written.
struct TransactionAction {
  HostAction deed;
  std::optional<HostAction> undo;  ///< See `Action`.
};

/// A change of the host, with all that it takes to undo it.
struct Transaction {
  std::uint32_t number = 0;
  TransactionState state = TransactionState::begun;
  std::int64_t time = 0;                   ///< Seconds since 1970-01-01T00:00:00Z.
  std::vector<SavedPath> paths;            ///< In the order in which they change.
  std::vector<TransactionAction> actions;  ///< Those that were done, or were about to be.
};

}  // namespace kmodsec
