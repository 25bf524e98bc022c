// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/initramfs.hpp"

#include <string>

#include "format/decoder.hpp"
#include "format/unpacked_stream.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_parts = 64;

std::optional<PeSection> section_inside(const ByteSource& file, std::string_view name) {
  const auto section = find_pe_section(file, name);
  return section && file.has(section->offset, section->size) ? section : std::nullopt;
}

}  // namespace

Result<std::vector<PeSection>> initramfs_places(const ByteSource& file) {
  if (file.slice(0, 2) != "MZ") return std::vector{PeSection{0, file.size()}};
  const auto initrd = section_inside(file, ".initrd");
  if (!initrd) return failure(ErrorKind::not_found, "", "has no section .initrd");
  const auto microcode = section_inside(file, ".ucode");
  return microcode ? std::vector{*microcode, *initrd} : std::vector{*initrd};
}

Result<void> InitramfsReader::add(ByteStream& image) {
  while (skip_padding(image)) {
    if (++parts_ > most_parts)
      return failure(ErrorKind::too_large, "", "made of more than 64 parts");
    const std::string start = std::to_string(image.position());
    const Result<void> added = add_part(image);
    if (!added)
      return failure(added.error().kind, "",
                     added.error().reason + ", in the part at byte " + start);
  }
  return {};
}

Result<void> InitramfsReader::add_part(ByteStream& image) {
  return image.peek().front() == '0' ? read_cpio(image, keep_, entries_) : add_packed(image);
}

Result<void> InitramfsReader::add_packed(ByteStream& image) {
  const auto decoder = kernel_decoder(image.peek(packed_head_size));
  if (!decoder)
    return failure(ErrorKind::malformed, "", "neither an archive nor a known compression");
  UnpackedStream content(*decoder, image, limit_);
  const Result<void> read = read_cpio(content, keep_, entries_);
  const bool ended = content.peek().empty();
  if (!content.state()) return content.state();
  if (!read) return read;
  if (!ended) return failure(ErrorKind::malformed, "", "something else in a compressed archive");
  limit_ -= content.position();
  return {};
}

Result<std::vector<CpioEntry>> InitramfsReader::take() {
  if (entries_.empty()) return failure(ErrorKind::malformed, "", "holds no archive of files");
  return std::move(entries_);
}

}  // namespace kmodsec
