// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/recorded_paths.hpp"

#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "collect/paths.hpp"

namespace kmodsec {

RecordedPaths::RecordedPaths(const Root& root, std::vector<std::string> recorded)
    : root_(root), recorded_(std::move(recorded)) {
  std::ranges::sort(recorded_);
}

std::string RecordedPaths::name_of(const std::string& path) {
  if (std::ranges::binary_search(recorded_, path)) return path;
  if (by_real_path_.empty())
    for (const std::string& name : recorded_) by_real_path_.emplace(real_path(name), name);
  const auto found = by_real_path_.find(real_path(path));
  return found == by_real_path_.end() ? path : found->second;
}

std::string RecordedPaths::real_path(const std::string& path) {
  constexpr std::size_t longest_path = 4096;  // linux: include/uapi/linux/limits.h, PATH_MAX
  if (path.size() >= longest_path) return path;
  const std::string trimmed = path.substr(0, path.find_last_not_of('/') + 1);
  const std::size_t slash = trimmed.rfind('/');
  if (slash == std::string::npos) return path;
  return real_folder(trimmed.substr(0, slash)) + "/" + std::string(file_name(trimmed));
}

/// Without the slash at its end: of the top of the tree nothing is left. Of a folder that is gone,
/// what is above it is followed.
std::string RecordedPaths::real_folder(const std::string& folder) {
  if (folder.empty()) return folder;
  const auto known = real_folders_.find(folder);
  if (known != real_folders_.end()) return known->second;
  const auto followed = follow(root_, folder);
  std::string real = followed ? followed->resolved : real_path(folder);
  if (real == "/") real.clear();
  return real_folders_.emplace(folder, std::move(real)).first->second;
}

}  // namespace kmodsec
