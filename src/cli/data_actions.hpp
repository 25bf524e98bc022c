// SPDX-License-Identifier: GPL-2.0-or-later
//
// The actions of `kmodsec data`.
#pragma once

#include "cli/verb.hpp"

namespace kmodsec {

/// The answer is the text of the tables.
Result<Answer> build_tables(const Options& options);

Result<Answer> import_tables(const Options& options);
Result<Answer> sign_tables(const Options& options);
Result<Answer> show_tables(const Options& options, const Style& style);

}  // namespace kmodsec
