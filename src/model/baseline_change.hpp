// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/baseline.hpp"

namespace kmodsec {

enum class ChangeKind { added, removed, changed };

/// One line of a package manager's log.
struct PackageTransaction {
  std::int64_t time = 0;  ///< Seconds since 1970-01-01T00:00:00Z.
  std::string action;     ///< "install", "upgrade", "remove", ...
  std::string package;
  std::string from;  ///< Version; empty where there was none.
  std::string to;    ///< Version; empty where none is left.
};

/// A file that is not what the baseline says, and what explains that.
struct BaselineChange {
  ChangeKind kind = ChangeKind::changed;
  std::optional<BaselineEntry> was;
  std::optional<BaselineEntry> now;
  std::vector<std::string> aspects;  ///< What differs: "code", "signature", "mode", ...
  std::string explanation;           ///< Empty when nothing explains it: it is suspicious.
  std::optional<PackageTransaction> transaction;
  std::string concern;  ///< Why it is suspicious.
  Severity severity = Severity::low;

  bool is_suspicious() const { return explanation.empty(); }
  const BaselineEntry& entry() const { return now ? *now : *was; }
};

/// A seal beside a generation, which anybody can put there, or one that was held against its key.
struct SealStanding {
  std::string key;  ///< Whose it says that it is: the fingerprint of its key, hex.
  bool is_checked = false;
};

/// What became of a baseline.
struct BaselineReport {
  Baseline baseline;  ///< Without its entries.
  std::optional<SealStanding> seal;
  std::size_t files = 0;  ///< How many were looked at.
  std::vector<BaselineChange> changes;
  std::vector<std::string> warnings;  ///< About the baseline itself: the clock, its age.
  std::vector<Unseen> unseen;

  std::size_t suspicious() const;
};

std::string_view to_string(ChangeKind kind);

}  // namespace kmodsec
