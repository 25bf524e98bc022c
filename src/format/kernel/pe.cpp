// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/pe.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/byte_reader.hpp"

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t dos_header_size = 64;
constexpr std::size_t file_header_size = 24;
constexpr std::size_t section_header_size = 40;
constexpr std::size_t section_name_size = 8;

std::optional<std::string_view> section_table(const ByteSource& file) {
  const auto dos_header = file.slice(0, dos_header_size);
  if (!dos_header || !dos_header->starts_with("MZ")) return std::nullopt;
  const std::uint64_t start = *ByteReader(*dos_header).integer<std::uint32_t>(0x3C);
  const auto file_header = file.slice(start, file_header_size);
  if (!file_header || !file_header->starts_with("PE\0\0"sv)) return std::nullopt;
  const ByteReader fields(*file_header);
  const std::size_t count = *fields.integer<std::uint16_t>(6);
  const std::size_t optional_size = *fields.integer<std::uint16_t>(20);
  return file.slice(start + file_header_size + optional_size, count * section_header_size);
}

std::string_view name_of(std::string_view section_header) {
  const std::string_view name = section_header.substr(0, section_name_size);
  return name.substr(0, name.find('\0'));
}

}  // namespace

std::optional<PeSection> find_pe_section(const ByteSource& file, std::string_view name) {
  const auto table = section_table(file);
  if (!table) return std::nullopt;
  for (std::size_t at = 0; at < table->size(); at += section_header_size) {
    const std::string_view header = table->substr(at, section_header_size);
    if (name_of(header) != name) continue;
    const ByteReader fields(header);
    const std::uint64_t size =
        std::min(*fields.integer<std::uint32_t>(8), *fields.integer<std::uint32_t>(16));
    return PeSection{*fields.integer<std::uint32_t>(20), size};
  }
  return std::nullopt;
}

std::optional<std::string_view> pe_section(const ByteSource& file, std::string_view name) {
  const auto section = find_pe_section(file, name);
  return section ? file.slice(section->offset, section->size) : std::nullopt;
}

}  // namespace kmodsec
