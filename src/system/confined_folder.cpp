// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/confined_folder.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

#include <utility>

#include "system/errno_error.hpp"

namespace kmodsec {

Result<ConfinedFolder> ConfinedFolder::open(const std::string& folder, bool running) {
  Descriptor fd(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  struct stat top{};
  if (!fd.is_open() || ::fstat(fd.get(), &top) != 0) return errno_error(folder);
  if (running) return ConfinedFolder(std::move(fd), 0, 0);
  return ConfinedFolder(std::move(fd), top.st_uid, top.st_gid);
}

ConfinedFolder::ConfinedFolder(Descriptor folder, uid_t uid, gid_t gid)
    : folder_(std::move(folder)),
      uid_(uid),
      gid_(gid),
      confined_(Descriptor(open_confined("/", O_PATH | O_CLOEXEC)).is_open()) {}

int ConfinedFolder::open_at(std::string_view path, int flags) const {
  return confined_ ? open_confined(path, flags) : ::open(std::string(path).c_str(), flags);
}

int ConfinedFolder::open_confined(std::string_view path, int flags) const {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags);
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  const std::string inside = "." + std::string(path);
  return static_cast<int>(::syscall(SYS_openat2, folder_.get(), inside.c_str(), &how, sizeof how));
}

}  // namespace kmodsec
