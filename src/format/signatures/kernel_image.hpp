// SPDX-License-Identifier: GPL-2.0-or-later
//
// A kernel image is a box around a compressed kernel, and the kernel holds the certificates that it
// was built to trust. Boxes that are opened:
//
//   x86      bzImage: a boot sector, set-up code, then the payload (linux:
//            Documentation/arch/x86/boot.rst)
//   arm64    Image, Image.gz, or an EFI program that unpacks itself (linux:
//            drivers/firmware/efi/libstub/zboot-header.S)
//   any      vmlinux, an ELF file; a unified kernel image, a PE file whose section .linux is one
//            of the above
//
// In what comes out, the trusted and the revoked certificates look alike; kernel_certificates.hpp
// says how they are told apart.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// What a kernel image says of itself and whom it trusts.
struct KernelImage {
  std::string version;   ///< Release, builder and build, without the compiler:
                         ///< "6.1.0-56-amd64 (a@b) #1 SMP Debian ..."; empty when it does not tell.
  std::string build_id;  ///< Of vmlinux, as hex; empty when not found, as in a raw arm64 Image.
  std::vector<std::string> trusted;  ///< DER, in the kernel's order; goes to .builtin_trusted_keys.
                                     ///< Never empty: see below.
  std::vector<std::string> revoked;  ///< DER; goes to .blacklist.
};

/// The bytes of a kernel file. A kernel that trusts no certificate cannot be told from one whose
/// list was not found, so both are errors. Errors, their subject empty: `malformed` for a damaged
/// image or certificate; `too_large`; `unsupported` for what is no 64-bit little-endian kernel,
/// has no list of certificates, or has one that may as well be the list of the revoked.
Result<KernelImage> parse_kernel_image(std::string_view bytes);

/// How much of a kernel file has to be there for the next.
inline constexpr std::size_t boot_header_reach = 128UL * 1024;

/// What an x86 kernel says of its build in its boot header, as `KernelImage::version`; empty for
/// any other file.
std::string_view version_in_boot_header(std::string_view bytes);

}  // namespace kmodsec
