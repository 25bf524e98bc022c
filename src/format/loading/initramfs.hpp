// SPDX-License-Identifier: GPL-2.0-or-later
//
// An initramfs is any number of parts (linux: Documentation/driver-api/early-userspace/
// buffer-format.rst): cpio archives, plain or compressed, with zeros between them.
//
//   +-------------------+-------+--------------------+-------+---------------------+
//   | plain: microcode, | zeros | gzip, xz, zstd,    | zeros | whatever the boot   |
//   | for the kernel    |       | lz4, ...: the rest |       | loader was told of  |
//   +-------------------+-------+--------------------+-------+---------------------+
//
// In a unified kernel image it stands in the section .initrd, the microcode in .ucode.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/byte_source.hpp"
#include "base/byte_stream.hpp"
#include "base/result.hpp"
#include "format/files/cpio.hpp"
#include "format/kernel/pe.hpp"

namespace kmodsec {

/// Where an initramfs stands in its file: all of that, or sections of a unified kernel image.
/// Error: `not_found` for one of those without an initramfs, its subject empty.
Result<std::vector<PeSection>> initramfs_places(const ByteSource& file);

enum class InitramfsUnpacking {
  in_pieces,  ///< Nothing but the entries stays in memory.
  at_once,    ///< What gzip packed is all in memory, in less than half of the time. For readers
              ///< that keep most of it.
};

/// Reads an initramfs while it is unpacked.
class InitramfsReader {
 public:
  /// The compressed parts together may unpack to `limit` bytes.
  InitramfsReader(std::size_t limit, KeepContent keep, InitramfsUnpacking unpacking,
                  VisitEntry visit = {})
      : limit_(limit), keep_(std::move(keep)), unpacking_(unpacking), visit_(std::move(visit)) {}

  /// What stands in one place. Errors, their subject empty: `malformed` for what a kernel would
  /// stumble over; `unsupported`; `too_large` beyond the limit, half a million entries or 64 parts.
  Result<void> add(ByteStream& image);

  /// How many bytes came of the compressed parts, and were not yet asked about.
  std::uint64_t unpacked() { return std::exchange(unpacked_, 0); }

  /// The entries in the order in which the kernel unpacks them: a path may come again, and the last
  /// one counts. Error: `malformed` when there are none.
  Result<std::vector<CpioEntry>> take();

 private:
  Result<void> add_part(ByteStream& image);
  Result<void> add_packed(ByteStream& image);
  Result<void> add_unpacked(ByteStream& content);

  std::size_t limit_;
  KeepContent keep_;
  InitramfsUnpacking unpacking_;
  VisitEntry visit_;
  std::size_t parts_ = 0;
  std::uint64_t unpacked_ = 0;
  std::vector<CpioEntry> entries_;
};

}  // namespace kmodsec
