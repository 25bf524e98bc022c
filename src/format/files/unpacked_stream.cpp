// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/unpacked_stream.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace kmodsec {
namespace {

constexpr std::size_t usual_window = 128UL * 1024;

}  // namespace

std::string_view UnpackedStream::more(std::string_view at_hand, std::size_t least) {
  std::size_t used = at_hand.size();
  if (used > 0) std::memmove(window_.data(), at_hand.data(), used);
  window_.resize(std::max({window_.size(), least, usual_window}));
  while (used < least && state_ && !unpacking_.is_done()) {
    const auto written = unpacking_.step(std::span(window_).subspan(used));
    if (written)
      used += *written;
    else
      state_ = std::unexpected(written.error());
  }
  return std::string_view(window_).substr(0, used);
}

}  // namespace kmodsec
