// SPDX-License-Identifier: GPL-2.0-or-later
//
// A line of the audit log: "[node=HOST ]type=TYPE msg=audit(SECONDS.MILLIS:SERIAL): NAME=VALUE
// ...". Enriched logs (auditd.conf(5), log_format) have a group separator (0x1d) and then the same
// again in words: "AUID=\"root\"".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kmodsec {

/// What the records of one event share. Serial numbers start anew at each boot.
struct AuditStamp {
  std::int64_t seconds = 0;
  std::uint32_t milliseconds = 0;
  std::uint64_t serial = 0;

  auto operator<=>(const AuditStamp&) const = default;
};

/// A line, as parts of it.
struct AuditRecord {
  std::string_view node;  ///< Empty where the log has none.
  std::string_view type;
  AuditStamp stamp;
  std::string_view fields;
};

/// Returns nothing for what is no record.
std::optional<AuditRecord> parse_audit_record(std::string_view line);

/// The value as written, quotes and all; nothing when there is no such field. Both halves
/// of an enriched line are searched.
std::optional<std::string_view> find_audit_field(std::string_view fields, std::string_view name);

/// The fields by their names, of several with one name the first. It pays where many are asked for.
using AuditFields = std::unordered_map<std::string_view, std::string_view>;
AuditFields audit_fields(std::string_view fields);

/// The text of a value that somebody else chose: in quotes, or in hex where it has bytes that are
/// no plain text, else as it is. Text that is valid UTF-8.
std::string decode_audit_text(std::string_view value);

/// The bytes of such a value, among them the NULs that separate arguments.
std::string decode_audit_bytes(std::string_view value);

}  // namespace kmodsec
