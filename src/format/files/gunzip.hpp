// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kmodsec {

struct Gunzipped {
  std::string content;
  std::size_t packed_size = 0;  ///< Of the stream; something else may follow it.
};

/// Unpacks the gzip stream at the front of `packed` at once, by libdeflate: more than twice as fast
/// as piece by piece, for the memory of all of it. Its size is taken from the last four bytes of
/// `packed`. Nothing where that does not hold, where it is above `limit`, or where the stream is
/// damaged: gzip_decoder() then tells which.
std::optional<Gunzipped> gunzip(std::string_view packed, std::size_t limit);

}  // namespace kmodsec
