// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/posix_acl.hpp"

#include <bit>
#include <cstddef>
#include <optional>

#include "base/byte_reader.hpp"

namespace kmodsec {
namespace {

constexpr std::uint32_t known_version = 2;
constexpr std::size_t header_size = 4;
constexpr std::size_t entry_size = 8;
constexpr std::uint16_t all_permissions = 07;
constexpr std::uint16_t write_permission = 02;
constexpr std::uint16_t mask_tag = 0x10;

std::optional<AclTag> tag_of(std::uint16_t value) {
  switch (value) {
    case 0x01: return AclTag::owner;
    case 0x02: return AclTag::user;
    case 0x04: return AclTag::owning_group;
    case 0x08: return AclTag::group;
    case 0x20: return AclTag::others;
    default: return std::nullopt;
  }
}

bool is_masked(AclTag tag) {
  return tag == AclTag::user || tag == AclTag::owning_group || tag == AclTag::group;
}

std::unexpected<Error> malformed() {
  return failure(ErrorKind::malformed, "", "its access control list is damaged");
}

}  // namespace

Result<std::vector<AclEntry>> parse_posix_acl(std::string_view attribute) {
  const ByteReader reader(attribute, std::endian::little);
  const bool is_whole =
      attribute.size() >= header_size && (attribute.size() - header_size) % entry_size == 0;
  if (!is_whole || reader.integer<std::uint32_t>(0) != known_version) return malformed();
  std::vector<AclEntry> entries;
  bool mask_lets_write = true;
  for (std::size_t at = header_size; at < attribute.size(); at += entry_size) {
    const auto value = *reader.integer<std::uint16_t>(at);
    const auto permissions = *reader.integer<std::uint16_t>(at + 2);
    const bool may_write = (permissions & write_permission) != 0;
    const auto tag = tag_of(value);
    if (permissions > all_permissions || (!tag && value != mask_tag)) return malformed();
    if (tag)
      entries.push_back({*tag, may_write, *reader.integer<std::uint32_t>(at + 4)});
    else
      mask_lets_write = mask_lets_write && may_write;
  }
  for (AclEntry& entry : entries)
    entry.may_write = entry.may_write && (mask_lets_write || !is_masked(entry.tag));
  return entries;
}

}  // namespace kmodsec
