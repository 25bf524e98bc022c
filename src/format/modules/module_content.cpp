// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/module_content.hpp"

#include "base/byte_source.hpp"
#include "base/byte_stream.hpp"
#include "format/files/compression.hpp"
#include "format/files/decoder.hpp"
#include "format/files/elf.hpp"
#include "format/files/unpacked_stream.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t module_limit = 512UL * 1024 * 1024;
constexpr std::size_t head_size = 18;

/// elf(5): e_type is ET_REL, in either order of bytes.
bool begins_unlinked_object(std::string_view head) {
  if (head.size() < head_size || !head.starts_with("\177ELF")) return false;
  const std::string_view type = head.substr(16, 2);
  return type == std::string_view("\1\0", 2) || type == std::string_view("\0\1", 2);
}

/// A kernel takes nothing for a module that lacks the first (linux: kernel/module/main.c,
/// elf_validity_cache_copy), modprobe nothing without the second.
bool has_sections_of_module(std::string_view object) {
  const WholeBytes bytes(object);
  const auto elf = Elf::parse(bytes);
  return !elf || elf->section(".gnu.linkonce.this_module") || elf->section(".modinfo");
}

bool holds_unlinked_object(std::string_view packed) {
  const auto decoder = kernel_decoder(packed.substr(0, packed_head_size));
  if (!decoder) return false;
  WholeStream bytes(packed);
  UnpackedStream content(*decoder, bytes, module_limit);
  return begins_unlinked_object(content.peek(head_size));
}

}  // namespace

bool may_begin_module(std::string_view head) {
  return begins_unlinked_object(head) || compression_of(head) != Compression::none;
}

bool is_module_content(std::string_view bytes) {
  if (compression_of(bytes) == Compression::none)
    return begins_unlinked_object(bytes) && has_sections_of_module(bytes);
  if (!holds_unlinked_object(bytes)) return false;
  const auto object = decompress(bytes, module_limit);
  return !object || has_sections_of_module(*object);
}

}  // namespace kmodsec
