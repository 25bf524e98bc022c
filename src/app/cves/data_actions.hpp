// SPDX-License-Identifier: GPL-2.0-or-later
//
// The actions of `kmodsec data` that sign or install tables.
#pragma once

#include <string>
#include <vector>

#include "app/answer.hpp"
#include "app/options.hpp"
#include "base/result.hpp"

namespace kmodsec {

struct DataOptions : Options {
  std::vector<std::string> names;  ///< An action, and what it is done to.
  std::string key;                 ///< Private to sign, public to import.
  bool unsigned_ = false;          ///< Import tables that nobody signed.
  bool older = false;              ///< Import tables that are older.
};

Result<Answer> import_tables(const DataOptions& options);
Result<Answer> sign_tables(const DataOptions& options);

}  // namespace kmodsec
