// SPDX-License-Identifier: GPL-2.0-or-later
// Builds EFI_SIGNATURE_LISTs (UEFI 2.10, 32.4.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec::test {

using namespace std::string_view_literals;

inline constexpr std::string_view efi_x509 =
    "\xA1\x59\xC0\xA5\xE4\x94\xA7\x4A\x87\xB5\xAB\x15\x5C\x2B\xF0\x72"sv;
inline constexpr std::string_view efi_sha256 =
    "\x26\x16\xC4\xC1\x4C\x50\x92\x40\xAC\xA9\x41\xF9\x36\x93\x43\x28"sv;
inline constexpr std::string_view efi_x509_sha256 =
    "\x92\xA4\xD2\x3B\xC0\x96\x79\x40\xB4\x20\xFC\xF9\x8E\xF1\x03\xED"sv;

/// One list; its entries are of one size.
std::string efi_list(std::string_view type, const std::vector<std::string>& entries,
                     std::string_view header = "");

}  // namespace kmodsec::test
