// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/module_builder.hpp"

#include <cstdint>

#include "support/bytes.hpp"
#include "support/signer.hpp"

namespace kmodsec::test {
namespace {

constexpr std::size_t header_size = 64;
constexpr std::size_t entry_size = 64;

void put(std::string& bytes, std::size_t at, const std::string& value) {
  bytes.replace(at, value.size(), value);
}

std::string section_header(std::size_t name, std::uint32_t type, std::size_t offset,
                           std::size_t size) {
  std::string header(entry_size, '\0');
  put(header, 0, little(name, 4));
  put(header, 4, little(type, 4));
  put(header, 24, little(offset, 8));
  put(header, 32, little(size, 8));
  return header;
}

}  // namespace

std::string elf_with(const std::vector<SectionSpec>& sections) {
  std::string bytes(header_size, '\0');
  std::string names(1, '\0');
  std::string headers = section_header(0, 0, 0, 0);
  for (const SectionSpec& section : sections) {
    headers += section_header(names.size(), 1, bytes.size(), section.content.size());
    names += section.name + '\0';
    bytes += section.content;
  }
  headers += section_header(names.size(), 3, bytes.size(), names.size() + 10);
  names += std::string(".shstrtab") + '\0';
  bytes += names;

  put(bytes, 0, std::string("\177ELF\2\1\1", 7));
  put(bytes, 0x10, little(1, 2));  // ET_REL
  put(bytes, 0x28, little(bytes.size(), 8));
  put(bytes, 0x3A, little(entry_size, 2));
  put(bytes, 0x3C, little(sections.size() + 2, 2));
  put(bytes, 0x3E, little(sections.size() + 1, 2));
  return bytes + headers;
}

std::string module_with(const std::vector<std::string>& fields) {
  std::string info;
  for (const std::string& field : fields) info += field + '\0';
  return elf_with({{".modinfo", info}, {".note.gnu.build-id", build_id_note("\x01\x02\x03\x04")}});
}

std::string build_id_note(std::string_view id) {
  return little(4, 4) + little(id.size(), 4) + little(3, 4) + std::string("GNU\0", 4) +
         std::string(id);
}

std::string with_trailer(std::string_view module, std::string_view cms) {
  std::string trailer(12, '\0');
  trailer[2] = 2;
  for (std::size_t i = 0; i < 4; ++i)
    trailer[11 - i] = static_cast<char>(cms.size() >> (8 * i) & 0xFF);
  return std::string(module) + std::string(cms) + trailer + "~Module signature appended~\n";
}

std::string signed_module(std::string_view module, const std::string& common_name, bool by_key_id) {
  return Signer(common_name).sign(module, {.by_key_id = by_key_id});
}

}  // namespace kmodsec::test
