// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/distribution.hpp"

#include <cstddef>
#include <string_view>

#include "format/host/os_release.hpp"

namespace kmodsec {

Seen<Distribution> collect_distribution(const Root& root) {
  constexpr std::string_view own = "/etc/os-release";
  constexpr std::string_view shipped = "/usr/lib/os-release";
  constexpr std::size_t limit = 64UL * 1024;
  auto text = root.read(own, limit);
  if (!text && text.error().kind == ErrorKind::not_found) text = root.read(shipped, limit);
  if (!text) return std::unexpected(text.error());
  return parse_os_release(*text);
}

}  // namespace kmodsec
