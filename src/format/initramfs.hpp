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
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "format/cpio.hpp"
#include "format/growing_bytes.hpp"

namespace kmodsec {

/// An initramfs, unpacked. Movable only: the entries point into it.
class Initramfs {
 public:
  Initramfs() = default;
  Initramfs(const Initramfs&) = delete;
  Initramfs(Initramfs&&) = default;
  Initramfs& operator=(const Initramfs&) = delete;
  Initramfs& operator=(Initramfs&&) = default;
  ~Initramfs() = default;

  /// In the order in which the kernel unpacks them: a path may come again, and the last one counts.
  const std::vector<CpioEntry>& entries() const { return entries_; }

 private:
  friend class InitramfsParser;

  std::list<std::string> packed_;
  std::list<HeapBytes> unpacked_;
  std::vector<CpioEntry> entries_;
};

/// The bytes of an initramfs, or of a unified kernel image that holds one. Errors, their subject
/// empty: `malformed` for what a kernel would stumble over, and for what holds no archive at all;
/// `not_found` for a unified kernel image without one; `unsupported`; `too_large` when the
/// compressed parts would exceed `limit` bytes, and beyond half a million entries or 64 parts.
Result<Initramfs> parse_initramfs(std::string bytes, std::size_t limit);

}  // namespace kmodsec
