// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/pieces.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.hpp"

namespace kmodsec {

Result<void> for_each_piece(const Root& root, std::string_view path, std::string_view separator,
                            const LookAtPiece& look_at) {
  constexpr std::size_t read_step = 64UL * 1024;
  constexpr std::size_t longest_piece = 64UL * 1024 * 1024;
  const auto file = root.open(path);
  if (!file) return std::unexpected(file.error());
  std::string pending;
  for (std::uint64_t offset = 0;;) {
    const auto bytes = (*file)->read(offset, read_step);
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->empty()) break;
    offset += bytes->size();
    const std::size_t known = pending.size() - std::min(pending.size(), separator.size() - 1);
    pending += *bytes;
    const std::size_t last = std::string_view(pending).substr(known).rfind(separator);
    if (last != std::string::npos) {
      const std::size_t end = known + last + separator.size();
      if (!look_at(std::string_view(pending).substr(0, end))) return {};
      pending.erase(0, end);
    } else if (pending.size() > longest_piece) {
      return failure(ErrorKind::too_large, utf8_text(path), "a line of it is larger than 64 MiB");
    }
  }
  if (!pending.empty()) look_at(pending);
  return {};
}

}  // namespace kmodsec
