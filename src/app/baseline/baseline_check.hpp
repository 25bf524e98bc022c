// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "app/store_place.hpp"
#include "model/baseline/baseline_change.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A machine that was held against its baseline.
struct BaselineComparison {
  BaselineReport report;                          ///< Its baseline without the entries.
  std::vector<BaselineEntry> was;                 ///< The entries of the baseline.
  std::vector<BaselineEntry> unrecorded_folders;  ///< As they are, where it records none.
};

Result<BaselineComparison> compare_with_baseline(const BaselineOptions& options, const Root& root);

/// For the next audit, the gaps too. A store that cannot be written, on a read-only medium say, has
/// no note.
void note_check(const BaselineOptions& options, const BaselineReport& report);

/// Those that are named, by whichever of their names, or, where none is, those that are explained.
/// `changes` are sorted by path. An error of kind `usage` for the first that is named and has not
/// changed.
Result<std::vector<const BaselineChange*>> chosen_changes(
    const Root& root, const std::vector<BaselineChange>& changes,
    const std::vector<std::string>& paths);

/// The entries after these changes of them.
std::vector<BaselineEntry> with_changes(std::vector<BaselineEntry> entries,
                                        const std::vector<const BaselineChange*>& changes);

/// Adds the folders of a baseline that recorded none so far, except those that others than root may
/// write: the next check finds these. Returns how many.
std::size_t add_first_folders(std::vector<BaselineEntry>& entries,
                              std::vector<BaselineEntry> folders);

}  // namespace kmodsec
