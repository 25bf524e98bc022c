// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/trusted_files.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/paths.hpp"

namespace kmodsec {

Result<void> only_root_may_change(const Root& root, const std::string& path) {
  const auto followed = follow(root, path);
  if (!followed) return std::unexpected(followed.error());
  for (const Ownership& guard : followed->owners) {
    if (others_may_write(guard))
      return failure(
          ErrorKind::denied, utf8_text(path),
          fmt::format(
              "others than root may write {}: remove that permission, then check what is in it",
              guard.path));
    if (!guard.unclear.empty())
      return failure(ErrorKind::denied, utf8_text(path),
                     fmt::format("who may write {} is not known: {}", guard.path, guard.unclear));
  }
  return {};
}

Result<std::string> read_trusted_file(const Root& root, const std::string& path,
                                      std::size_t limit) {
  if (auto trusted = only_root_may_change(root, path); !trusted)
    return std::unexpected(trusted.error());
  return root.read(path, limit);
}

Result<std::vector<std::string>> toml_files(const Root& root, const std::string& folder) {
  const auto entries = root.list(folder);
  if (!entries && entries.error().kind == ErrorKind::not_found) return std::vector<std::string>{};
  if (!entries) return std::unexpected(entries.error());
  std::vector<std::string> files;
  for (const Entry& entry : *entries) {
    if (entry.name.ends_with(".toml") && !entry.name.starts_with('.'))
      files.push_back(fmt::format("{}/{}", folder, entry.name));
  }
  return files;
}

}  // namespace kmodsec
