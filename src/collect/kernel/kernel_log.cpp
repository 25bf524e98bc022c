// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel/kernel_log.hpp"

#include <optional>
#include <string_view>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "format/kernel/kernel_log.hpp"

namespace kmodsec {

Seen<std::vector<KernelLogLine>> collect_kernel_log(const Root& root) {
  constexpr std::string_view path = "/dev/kmsg";
  constexpr std::size_t limit = 64UL * 1024 * 1024;
  const auto records = root.read_records(path, limit);
  if (!records) return std::unexpected(records.error());
  return parse_kernel_log(*records);
}

Seen<std::int64_t> collect_boot_time(const Root& root) {
  constexpr std::string_view path = "/proc/stat";
  constexpr std::string_view label = "btime ";
  const auto text = root.read(path, 4UL * 1024 * 1024);
  if (!text) return std::unexpected(text.error());
  std::optional<std::int64_t> time;
  for_each_line(*text, [&](std::string_view line, std::size_t) {
    if (line.starts_with(label)) time = parse_number<std::int64_t>(line.substr(label.size()));
  });
  if (!time || *time < 0 || *time > last_second)
    return failure(ErrorKind::malformed, std::string(path), "has no btime");
  return *time;
}

}  // namespace kmodsec
