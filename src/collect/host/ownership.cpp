// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/ownership.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/host/posix_acl.hpp"

namespace kmodsec {
namespace {

/// Where a list lets users or groups write, the mode shows that as the write permission of the
/// group (linux: fs/posix_acl.c); what a folder hands on to new files, no mode shows.
bool lists_may_say_more(const FileStatus& status) {
  constexpr std::uint32_t group_write = 020;
  return status.type == FileType::directory || (status.mode & group_write) != 0;
}

std::string writer_of(const AclEntry& entry, std::uint32_t owning_group) {
  const std::uint32_t id = entry.tag == AclTag::owning_group ? owning_group : entry.id;
  switch (entry.tag) {
    case AclTag::owner: break;
    case AclTag::user: return id == 0 ? "" : fmt::format("user {}", id);
    case AclTag::owning_group:
    case AclTag::group: return id == 0 ? "" : fmt::format("group {}", id);
    case AclTag::others: return "everybody";
  }
  return {};
}

void add_writers(std::string_view attribute, std::string_view of_what, Ownership& ownership) {
  if (attribute.empty()) return;
  const auto entries = parse_posix_acl(attribute);
  if (!entries) {
    ownership.unclear = entries.error().reason;
    return;
  }
  for (const AclEntry& entry : *entries) {
    std::string writer = entry.may_write ? writer_of(entry, ownership.gid) : "";
    if (!writer.empty()) ownership.writers.push_back(writer.append(of_what));
  }
}

}  // namespace

Ownership ownership_of(const Root& root, const std::string& path, const FileStatus& status) {
  Ownership ownership{.path = utf8_text(path),
                      .mode = status.mode,
                      .uid = status.uid,
                      .gid = status.gid,
                      .writers = {},
                      .unclear = {},
                      .leads_to = {}};
  if (!lists_may_say_more(status)) return ownership;
  const auto lists = root.access_lists(path);
  if (!lists) {
    ownership.unclear = "its access control list could not be read: " + lists.error().reason;
    return ownership;
  }
  add_writers(lists->access, "", ownership);
  add_writers(lists->inherited, " (of what is made there)", ownership);
  if (!lists->of_other_kinds.empty())
    ownership.unclear =
        fmt::format("its access control list is of a kind that is not understood: {}",
                    utf8_text(lists->of_other_kinds.front()));
  return ownership;
}

}  // namespace kmodsec
