// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/file_stream.hpp"

#include <algorithm>
#include <utility>

namespace kmodsec {
namespace {

constexpr std::size_t usual_read = 64UL * 1024;

}  // namespace

std::string_view FileStream::more(std::string_view at_hand, std::size_t least) {
  std::string next = read(least - at_hand.size());
  if (!at_hand.empty()) next.insert(0, at_hand);
  window_ = std::move(next);
  return window_;
}

std::string FileStream::read(std::size_t least) {
  const std::uint64_t size = std::min<std::uint64_t>(end_ - offset_, std::max(least, usual_read));
  if (!state_ || size == 0) return {};
  auto bytes = file_.read(offset_, size);
  if (!bytes) {
    state_ = std::unexpected(bytes.error());
    return {};
  }
  offset_ += bytes->size();
  if (bytes->size() < size) state_ = failure(ErrorKind::io, "", "became shorter while it was read");
  return std::move(*bytes);
}

}  // namespace kmodsec
