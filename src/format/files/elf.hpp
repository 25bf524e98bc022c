// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.hpp"
#include "base/result.hpp"

namespace kmodsec {

/// The section table of an ELF object, read with every offset checked (elf(5)). It points into
/// the source, which must outlive it. A section that lies outside the file is an error of the file.
class Elf {
 public:
  /// Asks for the headers and the names of sections, not for their content. Errors: `malformed`,
  /// with what is wrong. `subject` of the error is left empty.
  static Result<Elf> parse(const ByteSource& source);

  /// The content of the first section of that name; nothing, too, when the source cannot give it.
  std::optional<std::string_view> section(std::string_view name) const;

  /// The names of the sections that a kernel keeps in memory, in file order, each once (linux:
  /// kernel/module/main.c, rewrite_section_headers; sysfs.c, sect_empty).
  std::vector<std::string> loaded_sections() const;

  /// Whether its words are of 64 bits.
  bool is_wide() const { return wide_; }
  std::endian byte_order() const { return big_endian_ ? std::endian::big : std::endian::little; }

  /// The description bytes of the GNU build-id note as hex; empty when there is none.
  std::string build_id() const;

 private:
  struct Section {
    std::string_view name;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;  ///< In the file.
    bool is_loaded = false;
  };

  explicit Elf(const ByteSource& source) : source_(&source) {}

  const ByteSource* source_;
  std::vector<Section> sections_;
  bool wide_ = true;
  bool big_endian_ = false;
};

/// The build-id in the bytes of an ELF note section (`.note.gnu.build-id`), as hex.
std::string build_id_of_notes(std::string_view notes, bool big_endian = false);

}  // namespace kmodsec
