// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/access_lists.hpp"

#include <sys/vfs.h>
#include <sys/xattr.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view access_name = "system.posix_acl_access";
constexpr std::string_view inherited_name = "system.posix_acl_default";
constexpr std::size_t longest = 64UL * 1024;  ///< linux: XATTR_SIZE_MAX and XATTR_LIST_MAX.

/// linux: include/uapi/linux/magic.h, of SMB. It keeps lists, and does not say so when it is asked
/// for the names of its attributes.
constexpr std::array<unsigned, 2> smb_file_systems = {0xff534d42, 0xfe534d42};

bool is_on_smb(int fd) {
  struct statfs system{};
  return ::fstatfs(fd, &system) == 0 &&
         std::ranges::find(smb_file_systems, static_cast<unsigned>(system.f_type)) !=
             smb_file_systems.end();
}

/// "system.nfs4_acl", "system.richacl", "system.ntfs_acl", "system.smb3_ntsd", ...
bool is_of_another_kind(std::string_view name) {
  return name.starts_with("system.") && (name.contains("acl") || name.contains("ntsd"));
}

Result<std::string> value_of(const std::string& file, std::string_view name,
                             std::string_view path) {
  std::string value(longest, '\0');
  const ssize_t length =
      ::getxattr(file.c_str(), std::string(name).c_str(), value.data(), value.size());
  if (length < 0 && errno != ENODATA && errno != ENOTSUP) return errno_error(path);
  value.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
  return value;
}

}  // namespace

Result<AccessLists> access_lists_of(int fd, std::string_view path) {
  AccessLists lists;
  if (is_on_smb(fd)) lists.of_other_kinds.emplace_back("of SMB");
  const std::string file = fmt::format("/proc/self/fd/{}", fd);
  std::string names(longest, '\0');
  const ssize_t length = ::listxattr(file.c_str(), names.data(), names.size());
  if (length < 0 && errno == ENOTSUP) return lists;
  if (length < 0) return errno_error(path);
  names.resize(static_cast<std::size_t>(length));
  for (const std::string_view name : split(names, '\0')) {
    std::string* value = name == access_name      ? &lists.access
                         : name == inherited_name ? &lists.inherited
                                                  : nullptr;
    if (value == nullptr && is_of_another_kind(name)) lists.of_other_kinds.emplace_back(name);
    if (value == nullptr) continue;
    auto read = value_of(file, name, path);
    if (!read) return std::unexpected(read.error());
    *value = std::move(*read);
  }
  return lists;
}

}  // namespace kmodsec
