// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "base/file_state.hpp"
#include "model/facts.hpp"
#include "model/policy/plan.hpp"

namespace kmodsec {

/// What becomes of the denies when the file that `deny_file` makes is another one: by its install
/// lines, one for each module.
DenyChanges deny_changes(const FileState& before, const FileState& after);

/// The same of a plan; nothing where it leaves that file as it is.
DenyChanges deny_changes(const std::vector<FileEdit>& edits);

/// Moves what changes nothing to `closed_before`: what no kernel of `before`, the host as it was,
/// would have loaded. Where an index was not seen, everything could have been.
void set_apart_closed(const Facts& before, DenyChanges& changes);

}  // namespace kmodsec
