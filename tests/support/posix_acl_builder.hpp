// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/bytes.hpp"

namespace kmodsec::test {

struct RawAclEntry {
  std::uint16_t tag = 0;
  std::uint16_t permissions = 0;
  std::uint32_t id = 0;
};

/// The value of system.posix_acl_access.
inline std::string acl_attribute(const std::vector<RawAclEntry>& entries,
                                 std::uint32_t version = 2) {
  std::string attribute = little(version, 4);
  for (const RawAclEntry& entry : entries)
    attribute += little(entry.tag, 2) + little(entry.permissions, 2) + little(entry.id, 4);
  return attribute;
}

/// One that lets a user write, too.
inline std::string acl_for_writer(std::uint32_t uid) {
  return acl_attribute({{0x01, 6, 0}, {0x02, 6, uid}, {0x04, 4, 0}, {0x10, 6, 0}, {0x20, 4, 0}});
}

}  // namespace kmodsec::test
