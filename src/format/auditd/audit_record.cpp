// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_record.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {
namespace {

constexpr char enriched = '\x1d';

/// What stands before `end`, and takes both off the front.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view end) {
  const std::size_t length = text.find(end);
  if (length == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length + end.size());
  return taken;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<AuditStamp> parse_stamp(std::string_view& text) {
  const auto seconds = take_until(text, ".");
  const auto milliseconds = seconds ? take_until(text, ":") : std::nullopt;
  const auto serial = milliseconds ? take_until(text, ")") : std::nullopt;
  if (!serial) return std::nullopt;
  const auto whole = parse_number<std::int64_t>(*seconds);
  const auto part = parse_number<std::uint32_t>(*milliseconds);
  const auto number = parse_number<std::uint64_t>(*serial);
  if (!whole || *whole < 0 || *whole > last_second || !part || *part > 999 || !number)
    return std::nullopt;
  return AuditStamp{*whole, *part, *number};
}

bool ends_a_field(char letter) { return letter == ' ' || letter == enriched || letter == '\n'; }

/// A value in quotes may have blanks; it has no quotes inside, or it would stand there in hex.
std::size_t end_of_value(std::string_view text) {
  const char quote = text.empty() ? ' ' : text.front();
  if (quote == '"' || quote == '\'') {
    const std::size_t end = text.find(quote, 1);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  std::size_t end = 0;
  while (end < text.size() && !ends_a_field(text[end])) ++end;
  return end;
}

struct Field {
  std::string_view name;
  std::string_view value;
};

/// Takes the next one off the front; what is none is passed over.
std::optional<Field> take_field(std::string_view& fields) {
  while (!fields.empty()) {
    fields.remove_prefix(std::min(fields.find_first_not_of(" \x1d\n,"), fields.size()));
    std::size_t length = 0;
    while (length < fields.size() && fields[length] != '=' && !ends_a_field(fields[length]))
      ++length;
    const bool is_field = length < fields.size() && fields[length] == '=';
    const std::string_view name = fields.substr(0, length);
    fields.remove_prefix(length + (is_field ? 1 : 0));
    if (!is_field) continue;
    const std::size_t end = end_of_value(fields);
    const std::string_view value = fields.substr(0, end);
    fields.remove_prefix(end);
    return Field{name, value};
  }
  return std::nullopt;
}

}  // namespace

std::optional<AuditRecord> parse_audit_record(std::string_view line) {
  AuditRecord record;
  if (take(line, "node=")) {
    const auto node = take_until(line, " ");
    if (!node) return std::nullopt;
    record.node = *node;
  }
  if (!take(line, "type=")) return std::nullopt;
  const auto type = take_until(line, " ");
  if (!type || !take(line, "msg=audit(")) return std::nullopt;
  record.type = *type;
  const auto stamp = parse_stamp(line);
  if (!stamp || !take(line, ":")) return std::nullopt;
  record.stamp = *stamp;
  take(line, " ");
  record.fields = line;
  return record;
}

std::optional<std::string_view> find_audit_field(std::string_view fields, std::string_view name) {
  while (const auto field = take_field(fields)) {
    if (field->name == name) return field->value;
  }
  return std::nullopt;
}

AuditFields audit_fields(std::string_view fields) {
  AuditFields all;
  while (const auto field = take_field(fields)) all.try_emplace(field->name, field->value);
  return all;
}

std::string decode_audit_bytes(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  if (quoted) return std::string(value.substr(1, value.size() - 2));
  if (value.starts_with('"')) return {};  // the record is cut
  if (value == "(null)" || value == "(none)" || value == "?") return {};
  if (auto bytes = from_hex(value)) return *std::move(bytes);
  return std::string(value);
}

std::string decode_audit_text(std::string_view value) {
  return utf8_text(decode_audit_bytes(value));
}

}  // namespace kmodsec
