// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/auditctl_place.hpp"

#include <optional>

namespace kmodsec {
namespace {

std::optional<std::uint32_t> list_number(std::string_view name, const AuditctlHost& host) {
  if (name == "exit") return AUDIT_FILTER_EXIT;
  if (name == "task") return AUDIT_FILTER_TASK;
  if (name == "user") return AUDIT_FILTER_USER;
  if (name == "exclude") return AUDIT_FILTER_EXCLUDE;
  if (name == "filesystem") return AUDIT_FILTER_FS;
  if (name == "io_uring" && host.has_io_uring) return io_uring_list;
  return std::nullopt;
}

std::optional<std::uint32_t> action_number(std::string_view name) {
  if (name == "always") return AUDIT_ALWAYS;
  if (name == "never") return AUDIT_NEVER;
  return std::nullopt;
}

}  // namespace

AuditPlaceState read_audit_place(std::string_view text, const AuditctlHost& host,
                                 AuditRulePlace& place) {
  constexpr std::string_view old_action = "possible";
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.find(',', comma + 1) != std::string_view::npos)
    return AuditPlaceState::wrong;
  const std::string_view first = text.substr(0, comma);
  const std::string_view second = text.substr(comma + 1);
  if (const auto action = action_number(first)) {
    place.action = *action;
  } else if (first != old_action) {
    const auto list = list_number(first, host);
    if (!list) return AuditPlaceState::wrong;
    place.list = *list;
  }
  if (place.list == no_audit_list) {
    place.list = list_number(second, host).value_or(no_audit_list);
  } else {
    if (second == old_action) return AuditPlaceState::passed_over;
    const auto action = action_number(second);
    if (!action) return AuditPlaceState::wrong;
    place.action = *action;
  }
  const bool is_whole = place.list != no_audit_list && place.action != no_audit_action;
  return is_whole ? AuditPlaceState::known : AuditPlaceState::wrong;
}

}  // namespace kmodsec
