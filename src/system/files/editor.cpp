// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/editor.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdio>
#include <limits>
#include <thread>
#include <utility>

#include "base/path.hpp"
#include "base/text.hpp"
#include "system/files/errno_error.hpp"
#include "system/files/list_descriptor.hpp"
#include "system/files/read_descriptor.hpp"
#include "system/files/write_descriptor.hpp"

namespace kmodsec {
namespace {

constexpr mode_t owner_alone = 0600;
constexpr std::uint32_t permissions = 0777;
constexpr std::uint32_t nobody_at_all = std::numeric_limits<std::uint32_t>::max();  // chown(2)

std::string name_of(const std::string& path) { return std::string(file_name(path)); }

/// No reader of a folder of configuration takes it for one of its files.
std::string temporary_name(const std::string& path) { return "." + name_of(path) + ".kmodsec-new"; }

Result<void> sync_folder(const Descriptor& folder, const std::string& path) {
  const Descriptor readable(::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!readable.is_open() || ::fsync(readable.get()) != 0) return errno_error(path);
  return {};
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::file;
  if (S_ISLNK(mode)) return FileKind::link;
  return S_ISDIR(mode) ? FileKind::folder : FileKind::absent;
}

Result<std::string> read_link(int fd, const std::string& path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t length = ::readlinkat(fd, "", target.data(), target.size());
  if (length < 0) return errno_error(path);
  target.resize(static_cast<std::size_t>(length));
  return target;
}

Result<void> copy_all(int from, int to, const std::string& path) {
  std::array<char, 128UL * 1024> piece{};
  while (true) {
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno_error(path);
    if (got == 0) return {};
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(got));
    if (auto written = write_descriptor(to, path, bytes); !written) return written;
  }
}

constexpr std::chrono::milliseconds between_attempts{200};

std::unexpected<Error> is_busy(const std::string& path) {
  return failure(ErrorKind::denied, path,
                 "another run of kmodsec, or a program that it started, is changing this host");
}

}  // namespace

Result<Editor> Editor::open_running_system() {
  auto folder = ConfinedFolder::open("/", true);
  if (!folder) return std::unexpected(folder.error());
  return Editor(std::move(*folder));
}

Result<Editor> Editor::open_tree(const std::string& path) {
  auto folder = ConfinedFolder::open(path, false);
  if (!folder) return std::unexpected(folder.error());
  if (!folder->is_confined())
    return failure(ErrorKind::unsupported, path,
                   "links cannot be confined to it: this kernel refuses openat2");
  return Editor(std::move(*folder));
}

Result<FileState> Editor::status(const std::string& path) const {
  const auto fd = folder_.open_at(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (!fd && fd.error().kind == ErrorKind::not_found) return FileState{};
  if (!fd) return std::unexpected(fd.error());
  struct stat raw{};
  if (::fstat(fd->get(), &raw) != 0) return errno_error(path);
  FileState state{.kind = kind_of(raw.st_mode),
                  .content = {},
                  .mode = raw.st_mode & 07777U,
                  .uid = folder_.inner_uid(raw.st_uid),
                  .gid = folder_.inner_gid(raw.st_gid)};
  if (state.kind == FileKind::absent)
    return failure(ErrorKind::unsupported, utf8_text(path), "neither file, link nor folder");
  if (state.kind != FileKind::link) return state;
  auto target = read_link(fd->get(), path);
  if (!target) return std::unexpected(target.error());
  state.content = std::move(*target);
  return state;
}

Result<FileState> Editor::state(const std::string& path, std::size_t limit) const {
  auto state = status(path);
  if (!state || state->kind != FileKind::file) return state;
  const auto fd = folder_.open_at(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (!fd) return std::unexpected(fd.error());
  auto content = read_descriptor(fd->get(), path, 0, limit);
  if (!content) return std::unexpected(content.error());
  state->content = std::move(*content);
  return state;
}

Result<void> Editor::put(const std::string& path, const FileState& wanted) const {
  switch (wanted.kind) {
    case FileKind::absent: return remove(path);
    case FileKind::folder: return make_folder(path, wanted.mode);
    case FileKind::link: return put_link(path, wanted.content);
    case FileKind::file: break;
  }
  return put_file(path, wanted, [&](int fd) { return write_descriptor(fd, path, wanted.content); });
}

Result<void> Editor::put_copy(const std::string& path, const FileState& like,
                              const std::string& source) const {
  const auto from = open_source(source);
  if (!from) return std::unexpected(from.error());
  return put_file(path, like, [&](int fd) { return copy_all(from->get(), fd, path); });
}

/// In a tree that somebody owns, the copy gets readable for that one.
Result<Descriptor> Editor::open_source(const std::string& path) const {
  auto fd = folder_.open_at(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (!fd) return fd;
  struct stat raw{};
  if (::fstat(fd->get(), &raw) != 0) return errno_error(path);
  if (!S_ISREG(raw.st_mode))
    return failure(ErrorKind::unsupported, utf8_text(path), "not a regular file");
  if (!folder_.may_hand_out(raw.st_uid))
    return failure(ErrorKind::denied, utf8_text(path),
                   "it belongs to somebody else than the tree does");
  return fd;
}

Result<Descriptor> Editor::parent_of(const std::string& path) const {
  const std::string parent = path.substr(0, path.rfind('/'));
  auto fd = folder_.open_at(parent.empty() ? "/" : parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (!fd) return failure(fd.error().kind, utf8_text(path), fd.error().reason);
  return fd;
}

Result<void> Editor::set_owner_and_mode(int fd, const std::string& path,
                                        const FileState& like) const {
  struct stat raw{};
  if (::fstat(fd, &raw) != 0) return errno_error(path);
  const uid_t uid = folder_.owner_of_new(like.uid);
  const gid_t gid = folder_.group_of_new(like.gid);
  if (uid == nobody_at_all || gid == nobody_at_all)
    return failure(ErrorKind::unsupported, utf8_text(path), "would belong to nobody");
  if ((like.mode & ~permissions) != 0)
    return failure(ErrorKind::unsupported, utf8_text(path), "would get a set-id or sticky mode");
  const bool is_owned = raw.st_uid == uid && raw.st_gid == gid;
  if (!is_owned && ::fchown(fd, uid, gid) != 0) return errno_error(path);
  if (::fchmod(fd, like.mode) != 0) return errno_error(path);
  return {};
}

Result<void> Editor::put_file(const std::string& path, const FileState& like,
                              const Fill& fill) const {
  const auto folder = parent_of(path);
  if (!folder) return std::unexpected(folder.error());
  const std::string temporary = temporary_name(path);
  const auto write = [&]() -> Result<void> {
    ::unlinkat(folder->get(), temporary.c_str(), 0);
    const Descriptor fd(::openat(folder->get(), temporary.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                 owner_alone));
    if (!fd.is_open()) return errno_error(path);
    if (auto filled = fill(fd.get()); !filled) return filled;
    if (auto set = set_owner_and_mode(fd.get(), path, like); !set) return set;
    if (::fsync(fd.get()) != 0) return errno_error(path);
    if (::renameat(folder->get(), temporary.c_str(), folder->get(), name_of(path).c_str()) != 0)
      return errno_error(path);
    if (auto synced = sync_folder(*folder, path); !synced)
      return failure(synced.error().kind, synced.error().subject,
                     "it is in place, but may not be after a power cut: " + synced.error().reason);
    return {};
  };
  auto written = write();
  if (!written) ::unlinkat(folder->get(), temporary.c_str(), 0);
  return written;
}

Result<void> Editor::put_link(const std::string& path, const std::string& target) const {
  const auto folder = parent_of(path);
  if (!folder) return std::unexpected(folder.error());
  const std::string temporary = temporary_name(path);
  ::unlinkat(folder->get(), temporary.c_str(), 0);
  if (::symlinkat(target.c_str(), folder->get(), temporary.c_str()) != 0) return errno_error(path);
  if (auto settled = settle_new_link(*folder, path); !settled) {
    ::unlinkat(folder->get(), temporary.c_str(), 0);
    return settled;
  }
  if (::renameat(folder->get(), temporary.c_str(), folder->get(), name_of(path).c_str()) == 0)
    return sync_folder(*folder, path);
  const int failed = errno;
  ::unlinkat(folder->get(), temporary.c_str(), 0);
  return errno_error(path, failed);
}

/// Whoever may write the folder around it could have put another one in its place meanwhile: that
/// one has somebody else's owner, or something in it.
Result<void> Editor::settle_new_folder(const Descriptor& parent, const std::string& path,
                                       std::uint32_t mode) const {
  const Descriptor fd(::openat(parent.get(), name_of(path).c_str(),
                               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat raw{};
  if (!fd.is_open() || ::fstat(fd.get(), &raw) != 0) return errno_error(path);
  const auto entries = list_descriptor(fd.get(), path);
  if (!entries) return std::unexpected(entries.error());
  if (raw.st_uid != ::geteuid() || !entries->empty())
    return failure(ErrorKind::denied, utf8_text(path), "somebody else put it there meanwhile");
  return set_owner_and_mode(fd.get(), path, empty_folder(mode));
}

/// In a tree a link, too, belongs to whom the tree does.
Result<void> Editor::settle_new_link(const Descriptor& parent, const std::string& path) const {
  const Descriptor fd(
      ::openat(parent.get(), temporary_name(path).c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  struct stat raw{};
  if (!fd.is_open() || ::fstat(fd.get(), &raw) != 0) return errno_error(path);
  const uid_t uid = folder_.owner_of_new(raw.st_uid);
  const gid_t gid = folder_.group_of_new(raw.st_gid);
  if (raw.st_uid == uid && raw.st_gid == gid) return {};
  if (!S_ISLNK(raw.st_mode) || raw.st_uid != ::geteuid())
    return failure(ErrorKind::denied, utf8_text(path), "somebody else put it there meanwhile");
  if (::fchownat(fd.get(), "", uid, gid, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW) != 0)
    return errno_error(path);
  return {};
}

Result<void> Editor::make_folder(const std::string& path, std::uint32_t mode) const {
  const auto folder = parent_of(path);
  if (!folder) return std::unexpected(folder.error());
  const std::string name = name_of(path);
  if (::mkdirat(folder->get(), name.c_str(), mode) != 0) {
    if (errno != EEXIST) return errno_error(path);
    return {};
  }
  if (auto set = settle_new_folder(*folder, path, mode); !set) return set;
  return sync_folder(*folder, path);
}

Result<void> Editor::remove(const std::string& path) const {
  const auto folder = parent_of(path);
  if (!folder && folder.error().kind == ErrorKind::not_found) return {};
  if (!folder) return std::unexpected(folder.error());
  ::unlinkat(folder->get(), temporary_name(path).c_str(), 0);
  const auto state = status(path);
  if (!state) return std::unexpected(state.error());
  if (state->kind == FileKind::absent) return {};
  const int flags = state->kind == FileKind::folder ? AT_REMOVEDIR : 0;
  if (::unlinkat(folder->get(), name_of(path).c_str(), flags) != 0 && errno != ENOTEMPTY)
    return errno_error(path);
  return sync_folder(*folder, path);
}

Result<void> Editor::rename(const std::string& from, const std::string& to) const {
  const auto old_folder = parent_of(from);
  if (!old_folder) return std::unexpected(old_folder.error());
  const auto new_folder = parent_of(to);
  if (!new_folder) return std::unexpected(new_folder.error());
  if (::renameat(old_folder->get(), name_of(from).c_str(), new_folder->get(),
                 name_of(to).c_str()) != 0)
    return errno_error(to);
  return sync_folder(*new_folder, to);
}

Result<void> Editor::remove_files(const std::string& path, std::string_view kept) const {
  const auto fd = folder_.open_at(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (!fd && fd.error().kind == ErrorKind::not_found) return {};
  if (!fd) return std::unexpected(fd.error());
  const auto entries = list_descriptor(fd->get(), path);
  if (!entries) return std::unexpected(entries.error());
  for (const Entry& entry : *entries) {
    if (entry.name != kept && ::unlinkat(fd->get(), entry.name.c_str(), 0) != 0)
      return errno_error(path + "/" + entry.name);
  }
  return {};
}

Result<void> Editor::remove_folder(const std::string& path) const {
  if (auto removed = remove_files(path, {}); !removed) return removed;
  return remove(path);
}

Result<Descriptor> Editor::lock(const std::string& path, std::chrono::seconds patience) const {
  const auto folder = parent_of(path);
  if (!folder) return std::unexpected(folder.error());
  struct stat raw{};
  const bool is_there =
      ::fstatat(folder->get(), name_of(path).c_str(), &raw, AT_SYMLINK_NOFOLLOW) == 0;
  if (is_there && !S_ISREG(raw.st_mode))
    return failure(ErrorKind::unsupported, utf8_text(path), "not a regular file");
  Descriptor fd(
      ::openat(folder->get(), name_of(path).c_str(), O_RDWR | O_CREAT | O_NOFOLLOW, owner_alone));
  if (!fd.is_open()) return errno_error(path);
  const auto end = std::chrono::steady_clock::now() + patience;
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return errno_error(path);
    if (std::chrono::steady_clock::now() >= end) return is_busy(path);
    std::this_thread::sleep_for(between_attempts);
  }
  return fd;
}

bool Editor::is_locked(const std::string& path) const {
  const auto folder = parent_of(path);
  if (!folder) return false;
  const Descriptor fd(::openat(folder->get(), name_of(path).c_str(),
                               O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
  return fd.is_open() && ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

}  // namespace kmodsec
