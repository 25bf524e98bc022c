// SPDX-License-Identifier: GPL-2.0-or-later
// Builds kernels that are small, and the boxes that they are delivered in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kmodsec::test {

/// A certificate, DER. The length of the name sets its size.
std::string certificate(const std::string& common_name);

struct TrustedList {
  std::vector<std::string> certificates;
  std::size_t room = 0;  ///< CONFIG_SYSTEM_EXTRA_CERTIFICATE_SIZE; 0: not configured.
  std::string inserted;  ///< By insert-sys-cert, into the room.
  std::optional<std::uint64_t> first_size;  ///< Unset: as the kernel builds it.
  bool before_5_13 = false;                 ///< No word for the size of the first.
};

/// linux: certs/system_certificates.S
std::string trusted_list(const TrustedList& list);

/// linux: certs/revocation_certificates.S
std::string revoked_list(const std::vector<std::string>& certificates);

std::string padded(std::string bytes, std::size_t alignment = 8);

inline constexpr std::string_view kernel_banner =
    "Linux version 6.1.0-test (me@here) (gcc (Debian 12.2.0) 12.2.0, GNU ld) #1 SMP Debian "
    "6.1.1-1\n";
inline constexpr std::string_view kernel_version = "6.1.0-test (me@here) #1 SMP Debian 6.1.1-1";
inline constexpr std::string_view old_banner =
    "Linux version 5.4.0-test (me@here) (gcc (x) 9) #1 SMP 2020\n";

/// An ELF kernel with a note segment, the banner, and `data` from a multiple of 8 on.
std::string vmlinux(const std::string& data, std::string_view banner = kernel_banner);

/// An arm64 Image.
std::string arm64_image(const std::string& data, std::string_view banner = kernel_banner);

std::string bzimage(const std::string& payload);
std::string zboot(const std::string& payload, const std::string& compression);
std::string unified_image(const std::string& kernel);

/// A PE file of sections: name, content.
std::string pe_file(const std::vector<std::pair<std::string, std::string>>& sections);

}  // namespace kmodsec::test
