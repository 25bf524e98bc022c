// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// MD5 is here because dpkg's database has nothing better; it is evidence, never trust.
enum class Digest { md5, sha256 };

/// Lower-case hex. Empty when this OpenSSL does not have the algorithm.
std::string hex_digest(Digest algorithm, std::string_view bytes);

}  // namespace kmodsec
