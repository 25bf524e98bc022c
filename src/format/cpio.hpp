// SPDX-License-Identifier: GPL-2.0-or-later
//
// Archives in the formats "newc" (070701) and "crc" (070702), as a kernel unpacks them (linux:
// Documentation/driver-api/early-userspace/buffer-format.rst, init/initramfs.c):
//
//    archive := entry* padding
//    entry   := header, 110 characters of text; path and its NUL, padded to 4; content, padded to 4
//
// An entry "TRAILER!!!" is where hard links end, and nothing more. The checksums of 070702 are not
// held against the content.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

namespace cpio_mode {
inline constexpr std::uint32_t type = 0170000;
inline constexpr std::uint32_t regular = 0100000;
inline constexpr std::uint32_t directory = 0040000;
inline constexpr std::uint32_t link = 0120000;
}  // namespace cpio_mode

inline constexpr std::size_t most_cpio_entries = 500'000;

struct CpioEntry {
  std::string_view path;  ///< As it stands there: "usr/lib", "./usr/lib" or "/usr/lib".
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::string_view content;  ///< Where a symbolic link leads. Hard links of a file all have it.
};

/// What stands one behind the other at the front of some bytes.
struct CpioArchives {
  std::vector<CpioEntry> entries;
  std::size_t size = 0;  ///< Up to the first byte that begins neither an entry nor padding.
};

/// The views point into `bytes`. Errors, their subject empty: `malformed` for what is damaged, cut
/// or not aligned; `unsupported` for the older formats; `too_large` for more than half a
/// million entries.
Result<CpioArchives> parse_cpio(std::string_view bytes);

}  // namespace kmodsec
