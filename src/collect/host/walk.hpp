// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "model/report.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

using VisitPath = std::function<void(const std::string& path, FileType type)>;

/// Visits every entry below a folder, parents before children, in name order. Links are visited,
/// not followed. Returns the folders that could not be listed, or were nested too deeply.
std::vector<Unseen> walk(const Root& root, const std::string& folder, const VisitPath& visit);

/// The same for module folders, as depmod goes through them: a link to a folder is visited as a
/// folder, and what stands in it under the name of the link. Not so `build` and `source`, which
/// depmod passes over (kmod: tools/depmod.c, should_exclude_dir). Each folder is gone through once,
/// over all calls, under its own name where that is below `folder`.
class ModuleWalk {
 public:
  explicit ModuleWalk(const Root& root) : root_(root) {}

  void walk(const std::string& folder, const VisitPath& visit);

  /// Whether the folder of that name, links resolved, was gone through.
  bool has_walked(const std::string& real_folder) const { return walked_.contains(real_folder); }

  /// The folders and links that could not be looked into, or were too many.
  std::vector<Unseen> take_unseen() { return std::move(unseen_); }

 private:
  struct Folder {
    std::string shown;
    std::string real;
  };

  void walk_real(const Folder& top, const VisitPath& visit, std::vector<std::string>& linked);
  void look_at(const Folder& folder, const VisitPath& visit, std::vector<std::string>& linked,
               std::vector<Folder>& below);
  void look_at_link(const std::string& path, const std::string& name, const VisitPath& visit,
                    std::vector<std::string>& linked);
  void note(const std::string& path, std::string why);

  const Root& root_;
  std::set<std::string> walked_;
  std::size_t entries_behind_links_ = 0;
  bool is_behind_link_ = false;
  std::vector<Unseen> unseen_;
};

}  // namespace kmodsec
