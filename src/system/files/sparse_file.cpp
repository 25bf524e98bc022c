// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/sparse_file.hpp"

#include <algorithm>
#include <utility>

namespace kmodsec {
namespace {

constexpr std::uint64_t margin = 4096;

}  // namespace

std::optional<std::string_view> SparseFile::slice(std::uint64_t offset,
                                                  std::uint64_t length) const {
  if (!has(offset, length)) return std::nullopt;
  for (const Window& window : windows_) {
    if (offset >= window.offset && offset + length <= window.offset + window.bytes.size())
      return std::string_view(window.bytes).substr(offset - window.offset, length);
  }
  const std::uint64_t start = offset - std::min(offset, margin);
  const std::uint64_t end = std::min(size(), offset + length + margin);
  auto bytes = file_.read(start, end - start);
  if (!bytes) {
    state_ = std::unexpected(bytes.error());
    return std::nullopt;
  }
  if (bytes->size() < end - start) {
    state_ = failure(ErrorKind::io, "", "became shorter while it was read");
    return std::nullopt;
  }
  windows_.push_back({start, std::move(*bytes)});
  return std::string_view(windows_.back().bytes).substr(offset - start, length);
}

}  // namespace kmodsec
