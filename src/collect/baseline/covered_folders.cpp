// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/baseline/covered_folders.hpp"

#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/paths.hpp"

namespace kmodsec {
namespace {

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

/// An index can name a file by way of "..", of which the text does not say where it leads.
bool is_plain_way(std::string_view path) {
  if (!path.starts_with('/')) return false;
  if (path == "/") return true;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    if (part.empty() || part == "." || part == "..") return false;
    path.remove_prefix(part.size());
  }
  return true;
}

}  // namespace

void CoveredFolders::add(const std::string& folder, const std::string& kernel) {
  if (!is_plain_way(folder)) return add_way(folder);
  std::string at = folder;
  while (add_one(at, at == folder ? kernel : std::string{}) && at != "/") at = folder_of(at);
}

void CoveredFolders::add_folder_of(const std::string& file, const std::string& kernel) {
  add(folder_of(file), kernel);
}

void CoveredFolders::add_target_of(const std::string& link) {
  const auto followed = follow(root_, link);
  const bool leads_nowhere = !followed && followed.error().kind == ErrorKind::not_found;
  if (leads_nowhere) return;
  if (!followed) return note(link, followed.error());
  for (const Ownership& owner : followed->owners) {
    const auto status = root_.link_status(owner.path);
    if (!status) note(owner.path, status.error());
    if (status && status->type == FileType::directory) add_one(owner.path, {});
  }
}

/// False for one that was added before: what is above it was, too.
bool CoveredFolders::add_one(const std::string& folder, const std::string& kernel) {
  if (!seen_.insert(folder).second) return false;
  folders_.push_back({folder, BaselineKind::folder, kernel});
  const auto status = root_.link_status(folder);
  if (status && status->type == FileType::link) add_way(folder);
  return true;
}

/// Of a way with links in it: what the links lead to, and what is on the way there.
void CoveredFolders::add_way(const std::string& folder) {
  const auto followed = follow(root_, folder);
  if (!followed) return note(folder, followed.error());
  for (const Ownership& owner : followed->owners) add_one(owner.path, {});
  add(followed->resolved, {});
}

void CoveredFolders::note(const std::string& path, const Error& error) {
  unseen_.push_back({utf8_text(path), error.reason});
}

}  // namespace kmodsec
