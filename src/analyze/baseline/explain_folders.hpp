// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/baseline/baseline_change.hpp"

namespace kmodsec {

/// A folder matters by who may write it: what is in it is compared by itself. A link to a folder
/// decides what is found there, and so needs a transaction of its package.
void explain_folder(const PackageTransaction* transaction, BaselineChange& change);

}  // namespace kmodsec
