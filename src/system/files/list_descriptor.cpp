// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/list_descriptor.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <string>

#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

struct CloseFolder {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

FileType entry_type(DIR* stream, const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG: return FileType::regular;
    case DT_DIR: return FileType::directory;
    case DT_LNK: return FileType::link;
    case DT_UNKNOWN: break;
    default: return FileType::other;
  }
  struct stat raw{};
  if (::fstatat(::dirfd(stream), entry.d_name, &raw, AT_SYMLINK_NOFOLLOW) != 0)
    return FileType::other;
  return file_type_of(raw.st_mode);
}

}  // namespace

FileType file_type_of(mode_t mode) {
  if (S_ISREG(mode)) return FileType::regular;
  if (S_ISDIR(mode)) return FileType::directory;
  if (S_ISLNK(mode)) return FileType::link;
  return FileType::other;
}

Result<std::vector<Entry>> list_descriptor(int folder, std::string_view path) {
  Descriptor own(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!own.is_open()) return errno_error(path);
  const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(own.get()));
  if (!stream) return errno_error(path);
  static_cast<void>(own.release());

  std::vector<Entry> entries;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..")
      entries.push_back({std::string(name), entry_type(stream.get(), *entry)});
    errno = 0;
  }
  if (errno != 0) return errno_error(path);
  return entries;
}

}  // namespace kmodsec
