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
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_stream.hpp"
#include "base/result.hpp"
#include "base/shared_bytes.hpp"

namespace kmodsec {

namespace cpio_mode {
inline constexpr std::uint32_t type = 0170000;
inline constexpr std::uint32_t regular = 0100000;
inline constexpr std::uint32_t directory = 0040000;
inline constexpr std::uint32_t link = 0120000;
}  // namespace cpio_mode

struct CpioEntry {
  std::string path;  ///< As written: "usr/lib", "./usr/lib" or "/usr/lib".
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint64_t size = 0;  ///< Of the content, also where that is not kept.
  SharedBytes content;     ///< Empty when it is not kept. Hard links of a file share it.
};

/// Whether the content of a file is kept, of which `head` are the first bytes, at most 32. Where a
/// symbolic link leads is always kept, and what has several names.
using KeepContent = std::function<bool(const CpioEntry& entry, std::string_view head)>;

/// Sees each entry once, when all that is kept of it is there, and may take its content away.
/// `number` is its place among all entries.
using VisitEntry = std::function<void(std::size_t number, CpioEntry& entry)>;

/// Takes the zeros that stand next. False at the end.
bool skip_padding(ByteStream& bytes);

/// Takes the archives that stand next, up to the first byte that begins neither an entry nor
/// padding, and appends their entries. They are aligned in `bytes`. Errors, their subject empty:
/// `malformed` for what is damaged, cut or not aligned; `unsupported` for the older formats;
/// `too_large` for more than half a million entries.
Result<void> read_cpio(ByteStream& bytes, const KeepContent& keep, std::vector<CpioEntry>& entries,
                       const VisitEntry& visit = {});

}  // namespace kmodsec
