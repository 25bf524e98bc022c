// SPDX-License-Identifier: GPL-2.0-or-later
//
// A rule while auditctl(8) puts it together, in the form in which it sends it to the kernel.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <libaudit.h>

namespace kmodsec {

/// Since Linux 5.15; Debian 12's header does not have its name.
inline constexpr std::uint32_t io_uring_list = 7;

/// What struct audit_rule_data of linux/audit.h begins with.
struct AuditRuleHead {
  std::uint32_t flags = 0;
  std::uint32_t action = 0;
  std::uint32_t field_count = 0;
  std::array<std::uint32_t, AUDIT_BITMASK_SIZE> mask{};
  std::array<std::uint32_t, AUDIT_MAX_FIELDS> fields{};
  std::array<std::uint32_t, AUDIT_MAX_FIELDS> values{};
  std::array<std::uint32_t, AUDIT_MAX_FIELDS> fieldflags{};
};
static_assert(sizeof(AuditRuleHead) == offsetof(audit_rule_data, buflen));

/// A condition's value is a number, or a text of which the rule has the length.
struct AuditRuleDraft {
  AuditRuleHead head;
  std::string texts;       ///< Of the conditions, one after the other.
  std::uint32_t arch = 0;  ///< For the names of calls; 0: that of the host.
  bool has_calls = false;
  bool has_permissions = false;
  bool has_program = false;
  bool has_file_system = false;

  bool is_full() const { return head.field_count >= AUDIT_MAX_FIELDS - 1; }

  void add(std::uint32_t field, std::uint32_t op, std::uint32_t value) {
    head.fields[head.field_count] = field;
    head.fieldflags[head.field_count] = op;
    head.values[head.field_count++] = value;
  }

  void add_text(std::uint32_t field, std::uint32_t op, std::string_view text) {
    add(field, op, static_cast<std::uint32_t>(text.size()));
    texts += text;
  }

  /// struct audit_rule_data of linux/audit.h.
  std::string bytes() const {
    const auto length = static_cast<std::uint32_t>(texts.size());
    return std::string(reinterpret_cast<const char*>(&head), sizeof head) +
           std::string(reinterpret_cast<const char*>(&length), sizeof length) + texts;
  }
};

}  // namespace kmodsec
