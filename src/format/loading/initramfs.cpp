// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/initramfs.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "format/files/compression.hpp"
#include "format/files/decoder.hpp"
#include "format/files/gunzip.hpp"
#include "format/files/unpacked_stream.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_parts = 64;

/// What mkimage(1) puts before an image for U-Boot (u-boot: include/image.h, legacy_img_hdr).
constexpr std::string_view uboot_magic = "\x27\x05\x19\x56";
constexpr std::uint64_t uboot_header = 64;

std::optional<PeSection> section_inside(const ByteSource& file, std::string_view name) {
  const auto section = find_pe_section(file, name);
  return section && file.has(section->offset, section->size) ? section : std::nullopt;
}

}  // namespace

Result<std::vector<PeSection>> initramfs_places(const ByteSource& file) {
  if (file.slice(0, uboot_magic.size()) == uboot_magic && file.size() > uboot_header)
    return std::vector{PeSection{uboot_header, file.size() - uboot_header}};
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
  return image.peek().front() == '0' ? read_cpio(image, keep_, entries_, visit_)
                                     : add_packed(image);
}

Result<void> InitramfsReader::add_packed(ByteStream& image) {
  const std::string_view head = image.peek(packed_head_size);
  if (unpacking_ == InitramfsUnpacking::at_once && compression_of(head) == Compression::gzip) {
    if (auto unpacked = gunzip(image.peek(SIZE_MAX), limit_)) {
      image.skip(unpacked->packed_size);
      unpacked_ += unpacked->content.size();
      WholeStream content(SharedBytes(std::move(unpacked->content)));
      return add_unpacked(content);
    }
  }
  const auto decoder = kernel_decoder(image.peek(packed_head_size));
  if (!decoder)
    return failure(ErrorKind::malformed, "", "neither an archive nor a known compression");
  UnpackedStream content(*decoder, image, limit_);
  const Result<void> added = add_unpacked(content);
  unpacked_ += content.position();
  return content.state() ? added : content.state();
}

Result<void> InitramfsReader::add_unpacked(ByteStream& content) {
  const Result<void> read = read_cpio(content, keep_, entries_, visit_);
  if (!read) return read;
  if (!content.peek().empty())
    return failure(ErrorKind::malformed, "", "something else in a compressed archive");
  limit_ -= content.position();
  return {};
}

Result<std::vector<CpioEntry>> InitramfsReader::take() {
  if (entries_.empty()) return failure(ErrorKind::malformed, "", "holds no archive of files");
  return std::move(entries_);
}

}  // namespace kmodsec
