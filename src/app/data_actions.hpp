// SPDX-License-Identifier: GPL-2.0-or-later
//
// The actions of `kmodsec data` that make or install tables.
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

  std::string vulns;                        ///< What tables are built of: a checkout of vulns.git,
  std::vector<std::string> kernel_sources;  ///< trees of the kernel's source,
  std::string kev;                          ///< CISA's catalog,
  std::string kernelctf;                    ///< a checkout of google/security-research,
  std::string notable;                      ///< and the table that is kept by hand.
  std::string date;                         ///< Of the newest record.
  bool trust_makefiles = false;             ///< Root, too, runs what those trees have make run.
};

/// The answer is the text of the tables.
Result<Answer> build_tables(const DataOptions& options);

Result<Answer> import_tables(const DataOptions& options);
Result<Answer> sign_tables(const DataOptions& options);

}  // namespace kmodsec
