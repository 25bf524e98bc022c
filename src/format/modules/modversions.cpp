// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modversions.hpp"

#include <cstdint>
#include <optional>
#include <utility>

#include "base/byte_reader.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::uint64_t entry_size = 64;

std::unexpected<Error> malformed(std::string reason) {
  return failure(ErrorKind::malformed, "", std::move(reason));
}

/// As modprobe shows it: some compilers begin the name of a function with a dot.
std::string shown_name(std::string_view name) {
  if (name.starts_with('.')) name.remove_prefix(1);
  return utf8_text(name);
}

}  // namespace

Result<std::vector<SymbolVersion>> parse_modversions(std::string_view section, bool wide,
                                                     std::endian order) {
  if (section.size() % entry_size != 0) return malformed("symbol versions are cut short");
  const ByteReader reader(section, order);
  const std::uint64_t crc_size = wide ? sizeof(std::uint64_t) : sizeof(std::uint32_t);
  std::vector<SymbolVersion> versions;
  versions.reserve(section.size() / entry_size);
  for (std::uint64_t at = 0; at < section.size(); at += entry_size) {
    const std::uint64_t crc =
        wide ? *reader.integer<std::uint64_t>(at) : *reader.integer<std::uint32_t>(at);
    const std::string_view slot = *reader.slice(at + crc_size, entry_size - crc_size);
    const auto name = ByteReader(slot).c_string(0);
    if (!name) return malformed("the name of a symbol version does not end");
    versions.push_back({shown_name(*name), crc});
  }
  return versions;
}

Result<std::vector<SymbolVersion>> parse_extended_modversions(std::string_view crcs,
                                                              std::string_view names,
                                                              std::endian order) {
  if (crcs.size() % sizeof(std::uint32_t) != 0) return malformed("symbol versions are cut short");
  const ByteReader numbers(crcs, order);
  const ByteReader texts(names);
  std::vector<SymbolVersion> versions;
  versions.reserve(crcs.size() / sizeof(std::uint32_t));
  std::uint64_t name_at = 0;
  for (std::uint64_t at = 0; at < crcs.size(); at += sizeof(std::uint32_t)) {
    const auto name = texts.c_string(name_at);
    if (!name) return malformed("there are fewer names than symbol versions");
    versions.push_back({shown_name(*name), *numbers.integer<std::uint32_t>(at)});
    name_at += name->size() + 1;
  }
  return versions;
}

Result<std::vector<SymbolVersion>> read_modversions(const Elf& module) {
  const auto crcs = module.section("__version_ext_crcs");
  const auto names = module.section("__version_ext_names");
  if (crcs && names) return parse_extended_modversions(*crcs, *names, module.byte_order());
  const auto section = module.section("__versions");
  if (!section) return std::vector<SymbolVersion>{};
  return parse_modversions(*section, module.is_wide(), module.byte_order());
}

}  // namespace kmodsec
