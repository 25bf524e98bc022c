// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>

#include "base/byte_source.hpp"
#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A file of which only what is asked for is read, with some bytes around it: for the few
/// kilobytes that matter of a large one. For one thread.
class SparseFile : public ByteSource {
 public:
  explicit SparseFile(const File& file) : file_(file) {}

  std::uint64_t size() const override { return file_.size(); }

  /// Returns nothing, too, when reading failed: `state` tells.
  std::optional<std::string_view> slice(std::uint64_t offset, std::uint64_t length) const override;

  /// The last error of reading.
  const Result<void>& state() const { return state_; }

 private:
  struct Window {
    std::uint64_t offset = 0;
    std::string bytes;
  };

  const File& file_;
  mutable std::list<Window> windows_;
  mutable Result<void> state_;
};

}  // namespace kmodsec
