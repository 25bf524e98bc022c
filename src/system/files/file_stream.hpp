// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/byte_stream.hpp"
#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A part of a file, read from its front to its end.
class FileStream final : public ByteStream {
 public:
  FileStream(const File& file, std::uint64_t offset, std::uint64_t size)
      : file_(file), offset_(offset), end_(offset + size) {}

  /// Why it ended too early.
  const Result<void>& state() const { return state_; }

 private:
  std::string_view more(std::string_view at_hand, std::size_t least) override;

  const File& file_;
  std::uint64_t offset_;
  std::uint64_t end_;
  std::string window_;
  Result<void> state_;
};

}  // namespace kmodsec
