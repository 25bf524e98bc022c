// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The files for nft(8) of a host. Each file is read once, however often it is included.
class NftFiles {
 public:
  explicit NftFiles(const Root& root) : root_(root) {}

  /// The text of a file with that of all files that it includes, each once. They are looked for
  /// below /etc, which is where nft looks for a relative path as well. Errors: `unsupported` for an
  /// include from elsewhere, or by a pattern of more than one '*' in the last part; `too_large` for
  /// too many files, includes, patterns or bytes over all calls; `not_found` for a file that is
  /// named without a pattern and is not there.
  Result<std::string> text_of(const std::string& path);

 private:
  struct File {
    std::string text;
    std::set<std::string> includes;  ///< Paths, patterns resolved.
  };

  Result<void> note(const std::string& path);
  Result<const File*> file_of(const std::string& path);
  Result<void> add_include(const std::string& include, std::set<std::string>& paths);
  Result<void> add_matching(const std::string& pattern, std::set<std::string>& paths);
  Result<std::vector<std::string>> list_matching(const std::string& pattern);

  const Root& root_;
  std::set<std::string> known_;
  std::map<std::string, File> files_;
  std::map<std::string, std::vector<std::string>> listed_;  ///< Patterns to paths.
  std::size_t includes_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace kmodsec
