// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/configuration_files.hpp"

#include <cstdint>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/paths.hpp"

namespace kmodsec {
namespace {

bool is_configuration(std::string_view name, ConfigurationNames names) {
  const bool is_alias = names == ConfigurationNames::conf_and_alias && name.ends_with(".alias");
  return name.size() >= 6 && (name.ends_with(".conf") || is_alias) && !name.starts_with('.');
}

/// Not to what was left out of a capture. Whether a file itself was is asked of its folder.
bool leads_to_nothing(const Root& root, const std::string& path) {
  if (!root.link_status(path)) return true;
  const Way way = way_to(root, path);
  return way.end || !doubt_about_absence(root, way.end.error().subject);
}

}  // namespace

Result<ConfigurationFiles> configuration_files(const Root& root,
                                               std::span<const std::string_view> folders,
                                               ConfigurationNames names) {
  ConfigurationFiles files;
  std::map<std::string, std::string> left_out;  // why, and one folder of which it is true
  for (const std::string_view folder : folders_once(root, folders)) {
    const auto entries = root.list(folder);
    if (!entries && entries.error().kind == ErrorKind::not_found) {
      if (const auto doubt = doubt_about_absence(root, folder))
        left_out[doubt->reason] = std::string(folder) + "/";
      continue;
    }
    if (!entries) return std::unexpected(entries.error());
    for (const Entry& entry : *entries) {
      const std::string path = std::string(folder) + "/" + entry.name;
      if (entry.type == FileType::directory) {
        if (is_configuration(entry.name, names))
          files.unseen.push_back({utf8_text(path), "a folder under the name of a file"});
        continue;
      }
      if (!is_configuration(entry.name, names)) {
        files.passed_over.push_back({path, {}});
      } else if (const auto [first, added] = files.read.try_emplace(entry.name, path); !added) {
        files.passed_over.push_back({path, first->second});
      }
    }
  }
  for (const auto& [why, folder] : left_out) files.unseen.push_back({folder, why});
  return files;
}

bool has_no_lines(const Root& root, const std::string& path, const Error& error) {
  constexpr std::uint32_t memory_devices = 1, null_device = 3;
  if (error.kind == ErrorKind::not_found) return leads_to_nothing(root, path);
  if (error.kind != ErrorKind::unsupported) return false;
  if (root.read_link(path) == "/dev/null") return true;
  const auto status = root.status(path);
  return status && status->device.type == 'c' && status->device.major == memory_devices &&
         status->device.minor == null_device;
}

Unseen unread_because(const std::string& path, const Error& error) {
  const bool is_special = error.kind == ErrorKind::unsupported;
  return {utf8_text(path),
          is_special ? "not a regular file: a reader gets whatever comes out of it" : error.reason};
}

}  // namespace kmodsec
