// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/configuration_files.hpp"

#include "collect/paths.hpp"

namespace kmodsec {
namespace {

bool is_configuration(std::string_view name) {
  return name.size() >= 6 && name.ends_with(".conf") && !name.starts_with('.');
}

}  // namespace

Result<ConfigurationFiles> configuration_files(const Root& root,
                                               std::span<const std::string_view> folders) {
  ConfigurationFiles files;
  for (const std::string_view folder : folders_once(root, folders)) {
    const auto entries = root.list(folder);
    if (!entries && entries.error().kind == ErrorKind::not_found) continue;
    if (!entries) return std::unexpected(entries.error());
    for (const Entry& entry : *entries) {
      const std::string path = std::string(folder) + "/" + entry.name;
      if (entry.type == FileType::directory) continue;
      if (!is_configuration(entry.name)) {
        files.unread.push_back({path, {}, {}});
      } else if (const auto [first, added] = files.read.try_emplace(entry.name, path); !added) {
        files.unread.push_back({path, first->second, {}});
      }
    }
  }
  return files;
}

}  // namespace kmodsec
