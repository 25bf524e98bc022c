// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/baseline/baseline_change.hpp"

namespace kmodsec {

/// Who may write: the owner is not root, or others than the owner may.
bool is_open_to_others(const FileAttributes& attributes);

bool has_aspect(const BaselineChange& change, ChangeAspect aspect);

/// What is in the file is what it was.
bool has_only_attributes(const BaselineChange& change);

/// "x" of "/lib/modules/R/updates/dkms/x.ko.xz".
std::string_view module_stem(const BaselineEntry& module);

/// "linux: upgrade, 1 → 2".
std::string told(const PackageTransaction& transaction);

/// `proof` says what fits beside the transaction; empty where that says it all.
void explain_by(const PackageTransaction& transaction, const std::string& proof,
                BaselineChange& change);

/// Modes and owners: never what others than root may write. Without a transaction suspicious.
void explain_attributes(const PackageTransaction* transaction, BaselineChange& change);

/// Says of each suspicious file that came that the list does not have it. What is in an image no
/// list has.
void tell_what_a_list_lacks(std::vector<BaselineChange>& changes);

}  // namespace kmodsec
