// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/confined_folder.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

/// linux: include/uapi/linux/magic.h, and fs/configfs/mount.c for the last of them.
constexpr long configfs_magic = 0x62656570;
constexpr std::array<std::pair<long, std::string_view>, 11> kernel_file_systems = {
    std::pair{PROC_SUPER_MAGIC, "proc"},
    std::pair{SYSFS_MAGIC, "sysfs"},
    std::pair{SECURITYFS_MAGIC, "securityfs"},
    std::pair{EFIVARFS_MAGIC, "efivarfs"},
    std::pair{DEBUGFS_MAGIC, "debugfs"},
    std::pair{TRACEFS_MAGIC, "tracefs"},
    std::pair{CGROUP_SUPER_MAGIC, "cgroup"},
    std::pair{CGROUP2_SUPER_MAGIC, "cgroup"},
    std::pair{BPF_FS_MAGIC, "bpf"},
    std::pair{SELINUX_MAGIC, "selinuxfs"},
    std::pair{configfs_magic, "configfs"}};

}  // namespace

std::optional<std::string_view> kernel_file_system_of(int fd) {
  struct statfs fs{};
  if (::fstatfs(fd, &fs) != 0) return std::nullopt;
  const auto found = std::ranges::find(kernel_file_systems, static_cast<long>(fs.f_type),
                                       &std::pair<long, std::string_view>::first);
  return found == kernel_file_systems.end() ? std::nullopt : std::optional(found->second);
}

Result<ConfinedFolder> ConfinedFolder::open(const std::string& folder, bool running) {
  Descriptor fd(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  struct stat top{};
  if (!fd.is_open() || ::fstat(fd.get(), &top) != 0) return errno_error(folder);
  if (running) return ConfinedFolder(std::move(fd), 0, 0, true);
  return ConfinedFolder(std::move(fd), top.st_uid, top.st_gid, false);
}

ConfinedFolder::ConfinedFolder(Descriptor folder, uid_t uid, gid_t gid, bool running)
    : folder_(std::move(folder)),
      uid_(uid),
      gid_(gid),
      running_(running),
      confined_(Descriptor(open_confined("/", O_PATH | O_CLOEXEC)).is_open()) {}

Result<Descriptor> ConfinedFolder::open_at(std::string_view path, int flags) const {
  // The system would take what stands before a NUL.
  if (path.find('\0') != std::string_view::npos) return errno_error(path, ENOENT);
  if (!running_ && (flags & (O_PATH | O_DIRECTORY)) == 0) {
    if (auto harmless = is_no_device(path, flags); !harmless)
      return std::unexpected(harmless.error());
  }
  Descriptor fd(confined_ ? open_confined(path, flags) : ::open(std::string(path).c_str(), flags));
  const int failed = errno;
  if (!running_) {
    if (const auto answering = who_answers(fd, path, failed))
      return failure(
          ErrorKind::denied, utf8_text(path),
          fmt::format("the {} of this host is mounted there, and is not part of the tree",
                      *answering));
  }
  if (!fd.is_open()) return errno_error(path, failed);
  return fd;
}

/// The kernel's file system that has the file or, where there is none, the nearest folder above it:
/// that this kernel has no such file is nothing about the tree either.
std::optional<std::string_view> ConfinedFolder::who_answers(const Descriptor& fd,
                                                            std::string_view path,
                                                            int failed) const {
  if (fd.is_open()) return kernel_file_system_of(fd.get());
  while ((failed == ENOENT || failed == ENOTDIR) && path.size() > 1) {
    const std::size_t slash = path.rfind('/');
    path = slash == path.npos ? "/" : path.substr(0, std::max<std::size_t>(slash, 1));
    const Descriptor folder(open_confined(path, O_PATH | O_CLOEXEC));
    if (folder.is_open()) return kernel_file_system_of(folder.get());
    failed = errno;
  }
  return std::nullopt;
}

/// To open a device is to use it: a watchdog starts, a tape winds back. It would be one of this
/// host, whatever tree the node lies in.
Result<void> ConfinedFolder::is_no_device(std::string_view path, int flags) const {
  const Descriptor fd(open_confined(path, O_PATH | O_CLOEXEC | (flags & O_NOFOLLOW)));
  struct stat raw{};
  if (!fd.is_open()) return {};
  if (::fstat(fd.get(), &raw) != 0) return errno_error(path);
  if (S_ISCHR(raw.st_mode) || S_ISBLK(raw.st_mode))
    return failure(ErrorKind::unsupported, utf8_text(path), "not a regular file");
  return {};
}

int ConfinedFolder::open_confined(std::string_view path, int flags) const {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags);
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  const std::string inside = "." + std::string(path);
  return static_cast<int>(::syscall(SYS_openat2, folder_.get(), inside.c_str(), &how, sizeof how));
}

}  // namespace kmodsec
