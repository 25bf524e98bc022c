// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// Whom an entry of an access control list is about; see acl(5).
enum class AclTag {
  owner,
  user,
  owning_group,
  group,
  others,
};

/// One entry, with what the mask leaves of its permissions.
struct AclEntry {
  AclTag tag = AclTag::owner;
  bool may_write = false;
  std::uint32_t id = 0;  ///< Of a user or a group; else without meaning.
};

/// The value of system.posix_acl_access or system.posix_acl_default (linux:
/// include/uapi/linux/posix_acl_xattr.h). `malformed` for one that no kernel would read.
Result<std::vector<AclEntry>> parse_posix_acl(std::string_view attribute);

}  // namespace kmodsec
