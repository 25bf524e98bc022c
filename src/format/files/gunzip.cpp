// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/gunzip.hpp"

#include <libdeflate.h>

#include <cstdint>
#include <memory>

#include "base/byte_reader.hpp"
#include "format/files/decoder.hpp"

namespace kmodsec {
namespace {

using Decompressor = std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)>;

/// Modulo 2^32, as the format has it (RFC 1952, section 2.3.1).
std::optional<std::uint32_t> told_size(std::string_view packed) {
  constexpr std::size_t field_size = sizeof(std::uint32_t);
  if (packed.size() < field_size) return std::nullopt;
  return ByteReader(packed).integer<std::uint32_t>(packed.size() - field_size);
}

}  // namespace

std::optional<Gunzipped> gunzip(std::string_view packed, std::size_t limit) {
  const auto size = told_size(packed);
  if (!size || *size > limit || *size > most_unpacked(packed.size())) return std::nullopt;
  const Decompressor decompressor(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!decompressor) return std::nullopt;

  Gunzipped unpacked;
  libdeflate_result result = LIBDEFLATE_BAD_DATA;
  unpacked.content.resize_and_overwrite(*size, [&](char* room, std::size_t most) {
    result = libdeflate_gzip_decompress_ex(decompressor.get(), packed.data(), packed.size(), room,
                                           most, &unpacked.packed_size, nullptr);
    return result == LIBDEFLATE_SUCCESS ? most : 0;
  });
  if (result != LIBDEFLATE_SUCCESS) return std::nullopt;
  return unpacked;
}

}  // namespace kmodsec
