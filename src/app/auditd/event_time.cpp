// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/auditd/event_time.hpp"

#include <string_view>

#include "base/duration.hpp"
#include "collect/kernel/kernel_log.hpp"
#include "system/host/clock.hpp"
#include "system/host/local_time.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t half_a_day = 12L * 60 * 60;

/// "2026-11-24" begins at midnight, "10:00" at its first second.
std::string whole_time(std::string_view text) {
  constexpr std::string_view shortest = "2026-11-24";
  constexpr std::string_view with_minutes = "2026-11-24 10:00";
  std::string whole(text);
  if (whole.size() > shortest.size() && whole[shortest.size()] == 'T') whole[shortest.size()] = ' ';
  if (text.size() == shortest.size()) whole += " 00:00:00";
  if (text.size() == with_minutes.size()) whole += ":00";
  return whole;
}

}  // namespace

Result<std::int64_t> parse_event_time(const std::string& text, const Root& root) {
  const std::int64_t now = time_of_looking();
  const bool here = root.is_running_system();
  const std::int64_t today = start_of_day(now, here);
  if (text == "now") return now;
  if (text == "today") return today;
  if (text == "yesterday") return start_of_day(today - half_a_day, here);
  if (text == "boot") return collect_boot_time(root);
  if (const auto before = parse_duration(text)) return now - *before;
  if (const auto time = local_time(whole_time(text), here)) return *time;
  return failure(ErrorKind::usage, text,
                 "not a time; use today, yesterday, boot, 2h, 2026-11-24 or '2026-11-24 10:00:00'");
}

}  // namespace kmodsec
