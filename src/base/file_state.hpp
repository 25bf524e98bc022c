// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace kmodsec {

enum class FileKind { absent, file, link, folder };

/// What stands at a path. In a captured tree the owner of its top folder counts as root.
struct FileState {
  FileKind kind = FileKind::absent;
  std::string content;     ///< Of a file; where a link leads.
  std::uint32_t mode = 0;  ///< Permission bits; 0777 for a link.
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;

  bool operator==(const FileState&) const = default;
};

inline FileState text_file(std::string content, std::uint32_t mode = 0644) {
  return {.kind = FileKind::file, .content = std::move(content), .mode = mode};
}

inline FileState link_to(std::string target) {
  return {.kind = FileKind::link, .content = std::move(target), .mode = 0777};
}

inline FileState empty_folder(std::uint32_t mode) {
  return {.kind = FileKind::folder, .content = {}, .mode = mode};
}

}  // namespace kmodsec
