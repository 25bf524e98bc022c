// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// What the kernel's audit system says of itself (linux/audit.h, struct audit_status).
struct LiveAuditStatus {
  std::uint32_t enabled = 0;
  std::uint32_t pid = 0;
  std::uint32_t lost = 0;
  std::uint32_t backlog_limit = 0;
  std::uint32_t rate_limit = 0;
};

/// Asked over netlink. Errors: `denied` without CAP_AUDIT_CONTROL or outside of the first user and
/// process namespaces, `unsupported` where the kernel was built without audit.
Result<LiveAuditStatus> live_audit_status();

/// The rules of the running kernel in their order, each as the bytes of a struct audit_rule_data.
Result<std::vector<std::string>> live_audit_rules();

}  // namespace kmodsec
