// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/file_stream.hpp"

#include <algorithm>
#include <utility>

namespace kmodsec {
namespace {

constexpr std::size_t usual_read = 64UL * 1024;

}  // namespace

/// What is at hand is read again, so that it stands in one piece with what follows.
std::string_view FileStream::more(std::string_view at_hand, std::size_t least) {
  const std::uint64_t start = offset_ - at_hand.size();
  const auto size = std::min<std::uint64_t>(end_ - start, std::max(least, usual_read));
  if (!state_ || size == at_hand.size()) return at_hand;
  auto bytes = file_.read(start, size);
  if (!bytes) {
    state_ = std::unexpected(bytes.error());
    return at_hand;
  }
  offset_ = start + bytes->size();
  if (bytes->size() < size) state_ = failure(ErrorKind::io, "", "became shorter while it was read");
  window_ = std::move(*bytes);
  return window_;
}

}  // namespace kmodsec
