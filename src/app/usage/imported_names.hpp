// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/usage/learn.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// The modules that a file from elsewhere names.
struct ImportedNames {
  std::vector<std::string> names;
  std::string from;  ///< The host, where the file tells; else the file.
  std::vector<Unseen> unseen;
};

/// A file that was named on the command line, read once; "-" is standard input.
struct GivenFile {
  std::string path;
  std::string bytes;
};

Result<GivenFile> read_given_file(const LearnOptions& options, const std::string& path);

/// Whether its bytes are those of a snapshot, compressed or not.
bool is_snapshot(const GivenFile& file);

/// Of a record of another host, a snapshot (what was loaded, and its record), or a list: see
/// format/usage/module_list.hpp. The bytes tell which it is. Errors: those of the readers.
Result<ImportedNames> imported_names(const LearnOptions& options, GivenFile file);

}  // namespace kmodsec
