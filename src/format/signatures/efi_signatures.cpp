// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/efi_signatures.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/byte_reader.hpp"

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t guid_size = 16;
constexpr std::size_t list_header_size = guid_size + 3 * sizeof(std::uint32_t);

struct KnownType {
  std::string_view guid;  ///< As stored: the first three fields little-endian.
  EfiSignatureType type;
};

constexpr std::array<KnownType, 3> known_types{{
    // a5c059a1-94e4-4aa7-87b5-ab155c2bf072
    {"\xA1\x59\xC0\xA5\xE4\x94\xA7\x4A\x87\xB5\xAB\x15\x5C\x2B\xF0\x72"sv, EfiSignatureType::x509},
    // c1c41626-504c-4092-aca9-41f936934328
    {"\x26\x16\xC4\xC1\x4C\x50\x92\x40\xAC\xA9\x41\xF9\x36\x93\x43\x28"sv,
     EfiSignatureType::sha256},
    // 3bd2a492-96c0-4079-b420-fcf98ef103ed
    {"\x92\xA4\xD2\x3B\xC0\x96\x79\x40\xB4\x20\xFC\xF9\x8E\xF1\x03\xED"sv,
     EfiSignatureType::x509_sha256},
}};

EfiSignatureType type_of(std::string_view guid) {
  const auto* known = std::ranges::find(known_types, guid, &KnownType::guid);
  return known == known_types.end() ? EfiSignatureType::other : known->type;
}

struct List {
  EfiSignatureType type;
  std::string_view entries;
  std::size_t entry_size;
};

/// The list that `bytes` begin with. Refuses what the kernel refuses.
Result<List> read_list(std::string_view bytes, std::size_t& list_size) {
  const ByteReader reader(bytes);
  const auto size = reader.integer<std::uint32_t>(guid_size);
  const auto header_size = reader.integer<std::uint32_t>(guid_size + 4);
  const auto entry_size = reader.integer<std::uint32_t>(guid_size + 8);
  if (!entry_size) return failure(ErrorKind::malformed, "", "a signature list is cut short");
  if (*size > bytes.size())
    return failure(ErrorKind::malformed, "", "a signature list runs past the end");
  const std::size_t entries_at = list_header_size + std::size_t{*header_size};
  if (*size < entries_at || *entry_size <= guid_size || (*size - entries_at) % *entry_size != 0)
    return failure(ErrorKind::malformed, "", "the sizes in a signature list disagree");
  list_size = *size;
  return List{type_of(bytes.substr(0, guid_size)), bytes.substr(entries_at, *size - entries_at),
              *entry_size};
}

}  // namespace

EfiSignatures parse_efi_signatures(std::string_view bytes) {
  EfiSignatures found;
  for (std::size_t list_size = 0; !bytes.empty(); bytes.remove_prefix(list_size)) {
    const Result<List> list = read_list(bytes, list_size);
    if (!list) {
      found.flaw = list.error();
      return found;
    }
    for (std::size_t at = 0; at < list->entries.size(); at += list->entry_size)
      found.entries.push_back(
          {list->type, list->entries.substr(at + guid_size, list->entry_size - guid_size)});
  }
  return found;
}

}  // namespace kmodsec
