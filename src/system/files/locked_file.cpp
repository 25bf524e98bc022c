// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/locked_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/path.hpp"
#include "base/text.hpp"
#include "system/files/editor.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

constexpr mode_t folder_mode = 0700;
constexpr mode_t file_mode = 0600;
constexpr mode_t others_may_write = 022;
constexpr auto patience = std::chrono::seconds(10);
constexpr auto between_attempts = std::chrono::milliseconds(20);

std::string folder_of(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/'));
  return folder.empty() ? "/" : folder;
}

Result<Descriptor> open_folder(const ConfinedFolder& top, const std::string& path, bool create) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  auto folder = top.open_at(path, flags);
  if (folder || folder.error().kind != ErrorKind::not_found || !create) return folder;
  const auto parent = top.open_at(folder_of(path), flags);
  if (!parent) return std::unexpected(parent.error());
  const std::string name(file_name(path));
  if (::mkdirat(parent->get(), name.c_str(), folder_mode) != 0) return errno_error(path);
  return top.open_at(path, flags);
}

/// In a folder like /tmp others cannot take away what is not theirs.
bool is_safe(int fd) {
  struct stat raw{};
  if (::fstat(fd, &raw) != 0 || (raw.st_uid != 0 && raw.st_uid != ::geteuid())) return false;
  const bool keeps_owners = S_ISDIR(raw.st_mode) && (raw.st_mode & S_ISVTX) != 0;
  return (raw.st_mode & others_may_write) == 0 || keeps_owners;
}

bool is_regular(int fd) {
  struct stat raw{};
  return ::fstat(fd, &raw) == 0 && S_ISREG(raw.st_mode);
}

/// A run that waited holds the file that the other one has replaced meanwhile.
bool is_still_there(int fd, int folder, const std::string& name) {
  struct stat held{};
  struct stat named{};
  return ::fstat(fd, &held) == 0 &&
         ::fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

bool lock_in_time(int fd, std::chrono::steady_clock::time_point end) {
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(between_attempts);
  }
  return true;
}

Result<Descriptor> lock_in(int folder, const std::string& path, int flags) {
  const std::string name(file_name(path));
  const auto end = std::chrono::steady_clock::now() + patience;
  while (true) {
    Descriptor file(::openat(folder, name.c_str(), flags, file_mode));
    if (!file.is_open() && errno == ELOOP)
      return failure(ErrorKind::denied, path, "a link, which nothing is written through");
    if (!file.is_open()) return errno_error(path);
    if (!is_regular(file.get())) return failure(ErrorKind::unsupported, path, "not a regular file");
    if (!lock_in_time(file.get(), end))
      return failure(ErrorKind::io, path, "another run of kmodsec is writing to it");
    if (is_still_there(file.get(), folder, name)) return file;
  }
}

}  // namespace

Result<LockedFile> LockedFile::open(const std::string& tree, const std::string& path, bool create) {
  const auto top = ConfinedFolder::open(tree.empty() ? "/" : tree, tree.empty());
  if (!top) return std::unexpected(top.error());
  if (!tree.empty() && !top->is_confined())
    return failure(ErrorKind::unsupported, tree,
                   "links cannot be confined to it: this kernel refuses openat2");
  const auto folder = open_folder(*top, folder_of(path), create);
  if (!folder && create) return std::unexpected(folder.error());
  if (!folder) return failure(folder.error().kind, utf8_text(path), folder.error().reason);
  constexpr int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  auto lock = lock_in(folder->get(), path, flags | (create ? O_CREAT : 0));
  if (!lock) return std::unexpected(lock.error());
  if (tree.empty() && !(is_safe(folder->get()) && is_safe(lock->get())))
    return failure(ErrorKind::denied, path,
                   "it, or its folder, belongs to another user, or others may write to it");
  return LockedFile(tree, path, std::move(*lock));
}

Result<void> LockedFile::replace(std::string_view content) const {
  const auto editor = tree_.empty() ? Editor::open_running_system() : Editor::open_tree(tree_);
  if (!editor) return std::unexpected(editor.error());
  FileState wanted{.kind = FileKind::file, .content = std::string(content), .mode = file_mode};
  if (tree_.empty()) {
    wanted.uid = ::geteuid();
    wanted.gid = ::getegid();
  }
  return editor->put(path_, wanted);
}

}  // namespace kmodsec
