// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/dir_root.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/xattr.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "base/text.hpp"
#include "system/files/access_lists.hpp"
#include "system/files/confined_folder.hpp"
#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"
#include "system/files/list_descriptor.hpp"
#include "system/files/read_descriptor.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_attribute = 4096;
constexpr int always = O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

DeviceNumber device_of(const struct stat& raw) {
  if (!S_ISCHR(raw.st_mode) && !S_ISBLK(raw.st_mode)) return {};
  return {S_ISCHR(raw.st_mode) ? 'c' : 'b', ::gnu_dev_major(raw.st_rdev),
          ::gnu_dev_minor(raw.st_rdev)};
}

FileStatus to_status(const struct stat& raw, const ConfinedFolder& folder) {
  return {file_type_of(raw.st_mode),    static_cast<std::uint64_t>(raw.st_size),
          raw.st_mode & 07777U,         folder.inner_uid(raw.st_uid),
          folder.inner_gid(raw.st_gid), device_of(raw)};
}

/// The kernel's own file systems that may answer for a path; empty when any may.
std::vector<long> file_systems_at(std::string_view path) {
  if (path == "/proc" || path.starts_with("/proc/")) return {PROC_SUPER_MAGIC};
  if (path == "/sys" || path.starts_with("/sys/"))
    return {SYSFS_MAGIC, SECURITYFS_MAGIC, EFIVARFS_MAGIC, TRACEFS_MAGIC, DEBUGFS_MAGIC};
  return {};
}

bool is_on_any(int fd, const std::vector<long>& magics) {
  struct statfs fs{};
  return ::fstatfs(fd, &fs) == 0 &&
         std::ranges::find(magics, static_cast<long>(fs.f_type)) != magics.end();
}

class DescriptorFile : public File {
 public:
  DescriptorFile(Descriptor fd, std::string path, std::uint64_t size)
      : fd_(std::move(fd)), path_(std::move(path)), size_(size) {}

  Result<std::string> read(std::uint64_t offset, std::size_t length) const override {
    std::string bytes;
    make_room(bytes, length);
    std::size_t used = 0;
    while (used < length) {
      const ssize_t got =
          ::pread(fd_.get(), bytes.data() + used, length - used, static_cast<off_t>(offset + used));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return errno_error(path_);
      if (got == 0) break;
      used += static_cast<std::size_t>(got);
    }
    bytes.resize(used);
    return bytes;
  }

  std::uint64_t size() const override { return size_; }

  Result<std::string> attribute(const std::string& name) const override {
    std::string value(longest_attribute, '\0');
    const ssize_t length = ::fgetxattr(fd_.get(), name.c_str(), value.data(), value.size());
    if (length < 0 && errno != ENODATA && errno != ENOTSUP) return errno_error(path_);
    value.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
    return value;
  }

 private:
  Descriptor fd_;
  std::string path_;
  std::uint64_t size_;
};

class DirRoot : public Root {
 public:
  DirRoot(ConfinedFolder folder, bool running) : folder_(std::move(folder)), running_(running) {}

  bool is_confined() const { return folder_.is_confined(); }

  Result<std::string> read(std::string_view path, std::size_t limit) const override {
    const auto opened = open_regular(path);
    if (!opened) return std::unexpected(opened.error());
    return read_descriptor(opened->fd.get(), path, opened->size, limit);
  }

  Result<std::string> read_records(std::string_view path, std::size_t limit) const override {
    const auto fd = open_at(path, O_RDONLY);
    if (!fd) return std::unexpected(fd.error());
    struct stat raw{};
    if (::fstat(fd->get(), &raw) != 0) return errno_error(path);
    if (S_ISREG(raw.st_mode)) return read_descriptor(fd->get(), path, 0, limit);
    if (!running_ || !S_ISCHR(raw.st_mode))
      return failure(ErrorKind::unsupported, utf8_text(path), "not a regular file");
    return drain_device(fd->get(), path, limit);
  }

  Result<std::unique_ptr<File>> open(std::string_view path) const override {
    auto opened = open_regular(path);
    if (!opened) return std::unexpected(opened.error());
    return std::make_unique<DescriptorFile>(std::move(opened->fd), std::string(path), opened->size);
  }

  Result<std::vector<Entry>> list(std::string_view path) const override {
    auto fd = open_at(path, O_RDONLY | O_DIRECTORY);
    if (!fd) return std::unexpected(fd.error());
    auto entries = list_descriptor(fd->get(), path);
    if (!entries) return entries;
    std::ranges::sort(*entries, {}, &Entry::name);
    return entries;
  }

  Result<std::string> read_link(std::string_view path) const override {
    const auto fd = open_at(path, O_PATH | O_NOFOLLOW);
    if (!fd) return std::unexpected(fd.error());
    std::string target(PATH_MAX, '\0');
    const ssize_t length = ::readlinkat(fd->get(), "", target.data(), target.size());
    if (length < 0) return errno_error(path, errno == ENOENT ? EINVAL : errno);
    target.resize(static_cast<std::size_t>(length));
    return target;
  }

  Result<FileStatus> status(std::string_view path) const override {
    return status_at(path, O_PATH);
  }

  Result<FileStatus> link_status(std::string_view path) const override {
    return status_at(path, O_PATH | O_NOFOLLOW);
  }

  Result<AccessLists> access_lists(std::string_view path) const override {
    const auto fd = open_at(path, O_PATH | O_NOFOLLOW);
    if (!fd) return std::unexpected(fd.error());
    return access_lists_of(fd->get(), path);
  }

  bool is_running_system() const override { return running_; }

 private:
  struct Opened {
    Descriptor fd;
    std::size_t size = 0;
  };

  Result<Descriptor> open_at(std::string_view path, int flags) const {
    const int all_flags = flags | ((flags & O_PATH) != 0 ? O_CLOEXEC : always);
    auto fd = folder_.open_at(path, all_flags);
    if (!fd) return fd;
    if (running_) {
      const std::vector<long> expected = file_systems_at(path);
      if (!expected.empty() && !is_on_any(fd->get(), expected))
        return failure(ErrorKind::denied, utf8_text(path),
                       "hidden: another file system is mounted over it");
    }
    return fd;
  }

  Result<Opened> open_regular(std::string_view path) const {
    auto fd = open_at(path, O_RDONLY);
    if (!fd) return std::unexpected(fd.error());
    struct stat raw{};
    if (::fstat(fd->get(), &raw) != 0) return errno_error(path);
    if (!S_ISREG(raw.st_mode))
      return failure(ErrorKind::unsupported, utf8_text(path), "not a regular file");
    return Opened{std::move(*fd), static_cast<std::size_t>(raw.st_size)};
  }

  Result<FileStatus> status_at(std::string_view path, int flags) const {
    const auto fd = open_at(path, flags);
    if (!fd) return std::unexpected(fd.error());
    struct stat raw{};
    if (::fstat(fd->get(), &raw) != 0) return errno_error(path);
    return to_status(raw, folder_);
  }

  /// One read gives one record. EAGAIN is the end; EPIPE means that records were overwritten
  /// while we read, and the next read goes on (Linux Documentation/ABI/testing/dev-kmsg).
  static Result<std::string> drain_device(int fd, std::string_view path, std::size_t limit) {
    constexpr std::size_t longest_record = 16384;
    std::string records;
    std::string record(longest_record, '\0');
    while (records.size() <= limit) {
      const ssize_t got = ::read(fd, record.data(), record.size());
      if (got < 0 && (errno == EINTR || errno == EPIPE)) continue;
      if (got == 0 || (got < 0 && errno == EAGAIN)) return records;
      if (got < 0) return errno_error(path);
      records.append(record, 0, static_cast<std::size_t>(got));
    }
    return failure(ErrorKind::too_large, utf8_text(path), "larger than the limit");
  }

  ConfinedFolder folder_;
  bool running_;
};

Result<std::unique_ptr<DirRoot>> open_root(const std::string& path, bool running) {
  auto folder = ConfinedFolder::open(path, running);
  if (!folder) return std::unexpected(folder.error());
  return std::make_unique<DirRoot>(std::move(*folder), running);
}

}  // namespace

Result<std::unique_ptr<Root>> open_running_system() { return open_root("/", true); }

Result<std::unique_ptr<Root>> open_tree(const std::string& folder) {
  auto root = open_root(folder, false);
  if (root && !(*root)->is_confined())
    return failure(ErrorKind::unsupported, folder,
                   "links cannot be confined to it: this kernel refuses openat2");
  return root;
}

}  // namespace kmodsec
