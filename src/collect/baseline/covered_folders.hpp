// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/baseline/baseline.hpp"
#include "model/report.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The folders on the way to what a baseline covers, from the top of the tree: whoever may write
/// one of them may replace what is below it.
class CoveredFolders {
 public:
  explicit CoveredFolders(const Root& root) : root_(root) {}

  /// A folder, or a link to one, and all above it; where a link is on the way, all on the way to
  /// its target, too. `kernel` is the release that the folder belongs to, or empty.
  void add(const std::string& folder, const std::string& kernel);

  /// The same for the folder that a file lies in.
  void add_folder_of(const std::string& file, const std::string& kernel);

  /// The folders on the way to the file that a link leads to. None where it leads nowhere.
  void add_target_of(const std::string& link);

  std::vector<CoveredFile> take_folders() { return std::move(folders_); }
  std::vector<Unseen> take_unseen() { return std::move(unseen_); }

 private:
  bool add_one(const std::string& folder, const std::string& kernel);
  void add_way(const std::string& folder);
  void note(const std::string& path, const Error& error);

  const Root& root_;
  std::set<std::string> seen_;
  std::vector<CoveredFile> folders_;
  std::vector<Unseen> unseen_;
};

}  // namespace kmodsec
