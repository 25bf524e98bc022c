// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/elf.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <unordered_set>

#include "base/byte_reader.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::uint32_t section_without_bytes = 8;  // SHT_NOBITS
constexpr std::uint32_t gnu_build_id = 3;           // NT_GNU_BUILD_ID
constexpr std::uint16_t index_elsewhere = 0xFFFF;   // SHN_XINDEX
constexpr std::uint64_t most_sections = 100'000;
constexpr std::uint64_t longest_file_header = 64;
constexpr std::uint64_t longest_name = 4096;
constexpr std::size_t section_flags_at = 8;
constexpr std::uint64_t needs_memory = 2;  // SHF_ALLOC

std::unexpected<Error> malformed_elf(std::string reason) {
  return failure(ErrorKind::malformed, "", std::move(reason));
}

/// Where the fields of the file header and of a section header stand, for one word size.
struct Layout {
  bool wide;
  std::size_t table_offset, entry_size, count, names_index;
  std::size_t section_offset, section_size, section_link, shortest_entry;
};

constexpr Layout elf32{false, 0x20, 0x2E, 0x30, 0x32, 0x10, 0x14, 0x18, 40};
constexpr Layout elf64{true, 0x28, 0x3A, 0x3C, 0x3E, 0x18, 0x20, 0x28, 64};

struct RawSection {
  std::uint32_t name = 0;
  std::uint32_t type = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint32_t link = 0;
  std::uint64_t flags = 0;
};

/// Reads the file header and the section headers behind it.
class SectionTable {
 public:
  SectionTable(const ByteSource& source, std::string_view header, const Layout& layout,
               std::endian order)
      : source_(source), header_(header, order), layout_(layout), order_(order) {}

  Result<std::vector<RawSection>> read() const {
    const auto start = word(header_, layout_.table_offset);
    const auto entry_size = header_.integer<std::uint16_t>(layout_.entry_size);
    const auto short_count = header_.integer<std::uint16_t>(layout_.count);
    if (!start || !entry_size || !short_count) return malformed_elf("ELF header is cut short");
    if (*start == 0) return std::vector<RawSection>{};
    if (*entry_size < layout_.shortest_entry)
      return malformed_elf("ELF section headers are too small");

    std::uint64_t count = *short_count;
    if (count == 0) {
      const auto first = read_entries(*start, *entry_size, 1);
      if (!first) return std::unexpected(first.error());
      count = first->front().size;
    }
    if (count > most_sections) return malformed_elf("ELF file claims too many sections");
    return read_entries(*start, *entry_size, count);
  }

  /// Which section holds the names of all.
  std::uint64_t names_index(const std::vector<RawSection>& sections) const {
    const std::uint64_t index = header_.integer<std::uint16_t>(layout_.names_index).value_or(0);
    return index == index_elsewhere && !sections.empty() ? sections.front().link : index;
  }

 private:
  std::optional<std::uint64_t> word(const ByteReader& reader, std::uint64_t offset) const {
    if (layout_.wide) return reader.integer<std::uint64_t>(offset);
    return reader.integer<std::uint32_t>(offset);
  }

  Result<std::vector<RawSection>> read_entries(std::uint64_t start, std::uint64_t entry_size,
                                               std::uint64_t count) const {
    const std::uint64_t length = count == 0 ? 0 : (count - 1) * entry_size + layout_.shortest_entry;
    const auto table = source_.slice(start, length);
    if (!table) return malformed_elf("ELF section table lies outside the file");
    const ByteReader reader(*table, order_);
    std::vector<RawSection> sections;
    sections.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) sections.push_back(entry(reader, i * entry_size));
    return sections;
  }

  RawSection entry(const ByteReader& table, std::uint64_t at) const {
    return {.name = *table.integer<std::uint32_t>(at),
            .type = *table.integer<std::uint32_t>(at + 4),
            .offset = *word(table, at + layout_.section_offset),
            .size = *word(table, at + layout_.section_size),
            .link = *table.integer<std::uint32_t>(at + layout_.section_link),
            .flags = *word(table, at + section_flags_at)};
  }

  const ByteSource& source_;
  ByteReader header_;
  const Layout& layout_;
  std::endian order_;
};

/// Names may lie over each other, so that a long one would be read for each section: its begin is
/// enough, for the kernel takes names of any length.
std::optional<std::string_view> name_at(std::string_view strings, std::uint64_t offset) {
  if (offset >= strings.size()) return std::nullopt;
  const std::string_view begin = strings.substr(offset, longest_name);
  const bool goes_on = begin.size() < strings.size() - offset;
  const auto name = ByteReader(begin).c_string(0);
  return !name && goes_on ? std::optional(begin) : name;
}

}  // namespace

Result<Elf> Elf::parse(const ByteSource& source) {
  const auto header = source.slice(0, std::min(source.size(), longest_file_header));
  if (!header || !header->starts_with("\177ELF") || header->size() < 20)
    return malformed_elf("not an ELF file");
  const char word_size = (*header)[4];
  const char byte_order = (*header)[5];
  if ((word_size != 1 && word_size != 2) || (byte_order != 1 && byte_order != 2))
    return malformed_elf("ELF file of an unknown class or byte order");

  Elf elf(source);
  elf.wide_ = word_size == 2;
  elf.big_endian_ = byte_order == 2;
  const SectionTable table(source, *header, elf.wide_ ? elf64 : elf32, elf.byte_order());
  const auto raw = table.read();
  if (!raw) return std::unexpected(raw.error());

  const std::uint64_t names_index = table.names_index(*raw);
  if (names_index >= raw->size()) return malformed_elf("ELF file has no section names");
  const RawSection& names = (*raw)[names_index];
  const auto strings = source.slice(names.offset, names.size);
  if (!strings) return malformed_elf("ELF section names lie outside the file");

  for (const RawSection& section : *raw) {
    const auto name = name_at(*strings, section.name);
    if (!name) return malformed_elf("an ELF section name lies outside the file");
    const bool empty = section.type == section_without_bytes || section.type == 0;
    if (!empty && !source.has(section.offset, section.size))
      return malformed_elf("ELF section " + utf8_text(*name) + " lies outside the file");
    const bool is_loaded = (section.flags & needs_memory) != 0 && section.size > 0;
    elf.sections_.push_back({*name, section.offset, empty ? 0 : section.size, is_loaded});
  }
  return elf;
}

std::optional<std::string_view> Elf::section(std::string_view name) const {
  for (const Section& section : sections_) {
    if (section.name != name) continue;
    if (section.size == 0) return std::string_view{};
    return source_->slice(section.offset, section.size);
  }
  return std::nullopt;
}

std::vector<std::string> Elf::loaded_sections() const {
  constexpr std::array<std::string_view, 3> read_and_left_out = {".modinfo", "__versions",
                                                                 ".data..percpu"};
  std::vector<std::string> names;
  std::unordered_set<std::string_view> known;
  for (const Section& section : sections_) {
    const bool left_out =
        std::ranges::find(read_and_left_out, section.name) != read_and_left_out.end();
    if (!section.is_loaded || left_out) continue;
    if (known.insert(section.name).second) names.push_back(utf8_text(section.name));
  }
  return names;
}

std::string Elf::build_id() const {
  return build_id_of_notes(section(".note.gnu.build-id").value_or(""), big_endian_);
}

std::string build_id_of_notes(std::string_view notes, bool big_endian) {
  const ByteReader reader(notes, big_endian ? std::endian::big : std::endian::little);
  constexpr std::uint64_t header = 12;
  const auto padded = [](std::uint64_t size) { return (size + 3) & ~std::uint64_t{3}; };

  for (std::uint64_t at = 0; reader.slice(at, header);) {
    const std::uint64_t name_size = *reader.integer<std::uint32_t>(at);
    const std::uint64_t description_size = *reader.integer<std::uint32_t>(at + 4);
    const std::uint32_t type = *reader.integer<std::uint32_t>(at + 8);
    const auto name = reader.slice(at + header, name_size);
    const std::uint64_t description_at = at + header + padded(name_size);
    const auto description = reader.slice(description_at, description_size);
    if (!name || !description) return {};
    if (type == gnu_build_id && *name == std::string_view("GNU\0", 4)) return to_hex(*description);
    at = description_at + padded(description_size);
  }
  return {};
}

}  // namespace kmodsec
