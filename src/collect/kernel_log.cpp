// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel_log.hpp"

#include <string_view>

#include "format/kernel_log.hpp"

namespace kmodsec {

Seen<std::vector<KernelLogLine>> collect_kernel_log(const Root& root) {
  constexpr std::string_view path = "/dev/kmsg";
  constexpr std::size_t limit = 64UL * 1024 * 1024;
  const auto records = root.read_records(path, limit);
  if (!records) return std::unexpected(records.error());
  return parse_kernel_log(*records);
}

}  // namespace kmodsec
