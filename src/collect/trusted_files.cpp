// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/trusted_files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/paths.hpp"
#include "collect/writable.hpp"

namespace kmodsec {

Result<void> only_root_may_change(const Root& root, const std::string& path) {
  const auto followed = follow(root, path);
  if (!followed) return std::unexpected(followed.error());
  const auto writable = std::ranges::find_if(followed->guards, others_may_write);
  if (writable == followed->guards.end()) return {};
  return failure(ErrorKind::denied, utf8_text(path),
                 fmt::format("others than root may write {}: take that away, then check what "
                             "stands there",
                             writable->path));
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
