// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "system/files/confined_folder.hpp"

namespace kmodsec {

/// A file that only its owner may read and write, held against every other run that would change
/// it. It is replaced as a whole or not at all, and no link stands in for it.
class LockedFile {
 public:
  /// `tree` is the folder of a captured tree, out of which nothing leads, or empty for this host.
  /// There a file, and its folder, have to be of the caller or of root, and nobody else may write
  /// to them. With `create` an empty file, and its folder, are made where they are missing. Waits
  /// ten seconds for another run. Errors: `not_found`; `denied`, also for a file of somebody else.
  static Result<LockedFile> open(const std::string& tree, const std::string& path, bool create);

  Result<void> replace(std::string_view content) const;

 private:
  LockedFile(std::string tree, std::string path, Descriptor lock)
      : tree_(std::move(tree)), path_(std::move(path)), lock_(std::move(lock)) {}

  std::string tree_;
  std::string path_;
  Descriptor lock_;
};

}  // namespace kmodsec
