// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

enum class Compression { none, gzip, xz, zstd };

/// Told by the first bytes, as kmod does, never by the file's name.
Compression compression_of(std::string_view bytes);

std::string_view to_string(Compression compression);

/// The content of a gzip, xz or zstd file; other bytes come back as they are. Errors: `malformed`
/// for a damaged or cut stream, `too_large` when the content would exceed `limit` bytes.
Result<std::string> decompress(std::string_view bytes, std::size_t limit);

}  // namespace kmodsec
