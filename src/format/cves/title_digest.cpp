// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/title_digest.hpp"

#include "format/files/digest.hpp"

namespace kmodsec {

std::string title_digest(std::string_view title) {
  constexpr std::size_t shortest = 16;
  if (title.size() < shortest) return {};
  return hex_digest(Digest::sha256, title).substr(0, title_digest_size);
}

}  // namespace kmodsec
