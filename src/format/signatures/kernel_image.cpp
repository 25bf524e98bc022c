// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_image.hpp"

#include <cstdint>
#include <memory>

#include "base/byte_reader.hpp"
#include "base/byte_source.hpp"
#include "format/files/decoder.hpp"
#include "format/kernel/pe.hpp"
#include "format/signatures/kernel_scan.hpp"

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t largest_kernel = 512UL * 1024 * 1024;

std::unexpected<Error> malformed(std::string reason) {
  return failure(ErrorKind::malformed, "", std::move(reason));
}

/// What a box holds: the kernel, packed or not, and what the box says of its version.
struct Payload {
  std::string_view kernel;
  std::string_view version;
};

bool is_bzimage(std::string_view bytes) { return ByteReader(bytes).slice(0x202, 4) == "HdrS"sv; }

std::string_view version_in_header(const ByteReader& reader) {
  const std::uint16_t at = reader.integer<std::uint16_t>(0x20E).value_or(0);
  return at == 0 ? "" : reader.c_string(at + 0x200U).value_or("");
}

/// linux: Documentation/arch/x86/boot.rst
Result<Payload> open_bzimage(std::string_view bytes) {
  constexpr std::size_t sector = 512;
  constexpr std::uint16_t first_with_payload = 0x0208;
  constexpr std::uint64_t default_sectors = 4;
  const ByteReader reader(bytes);
  const auto payload_size = reader.integer<std::uint32_t>(0x24C);
  if (!payload_size) return malformed("the kernel's boot header is cut short");
  if (*reader.integer<std::uint16_t>(0x206) < first_with_payload)
    return failure(ErrorKind::unsupported, "", "a boot protocol before 2.08, of Linux 2.6.25");
  std::uint64_t sectors = *reader.integer<std::uint8_t>(0x1F1);
  if (sectors == 0) sectors = default_sectors;
  const std::uint64_t start = (sectors + 1) * sector;
  const auto kernel = reader.slice(start + *reader.integer<std::uint32_t>(0x248), *payload_size);
  if (!kernel) return malformed("the packed kernel lies outside the file");
  return Payload{*kernel, version_in_header(reader)};
}

bool is_zboot(std::string_view bytes) {
  return bytes.starts_with("MZ") && ByteReader(bytes).slice(4, 4) == "zimg"sv;
}

/// linux: drivers/firmware/efi/libstub/zboot-header.S
Result<Payload> open_zboot(std::string_view bytes) {
  const ByteReader reader(bytes);
  const auto offset = reader.integer<std::uint32_t>(8);
  const auto size = reader.integer<std::uint32_t>(12);
  if (!size) return malformed("the kernel's boot header is cut short");
  const auto kernel = reader.slice(*offset, *size);
  if (!kernel) return malformed("the packed kernel lies outside the file");
  return Payload{*kernel, ""};
}

bool is_arm64_image(std::string_view bytes) {
  return ByteReader(bytes).slice(56, 4) == "ARM\x64"sv;
}

Result<Payload> open_box(std::string_view bytes) {
  if (is_bzimage(bytes)) return open_bzimage(bytes);
  if (is_zboot(bytes)) return open_zboot(bytes);
  return Payload{bytes, ""};
}

Result<KernelImage> read_kernel(const Payload& payload) {
  KernelScan scan;
  if (const auto decoder = kernel_decoder(payload.kernel)) {
    WholeStream packed(payload.kernel);
    const auto unpacked = unpack(*decoder, packed, largest_kernel, scan);
    if (!unpacked) return std::unexpected(unpacked.error());
  } else {
    scan.whole(payload.kernel);
  }
  return scan.finish(payload.version);
}

}  // namespace

Result<KernelImage> parse_kernel_image(std::string_view bytes) {
  if (!is_bzimage(bytes) && !is_zboot(bytes) && !is_arm64_image(bytes))
    bytes = pe_section(WholeBytes(bytes), ".linux").value_or(bytes);
  const auto payload = open_box(bytes);
  if (!payload) return std::unexpected(payload.error());
  return read_kernel(*payload);
}

std::string_view version_in_boot_header(std::string_view bytes) {
  return is_bzimage(bytes) ? version_in_header(ByteReader(bytes)) : std::string_view{};
}

}  // namespace kmodsec
