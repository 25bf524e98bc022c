// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_rule_data.hpp"

#include <array>
#include <cstddef>
#include <cstring>
#include <string>

#include <libaudit.h>

#include "base/text.hpp"
#include "format/auditd/audit_calls.hpp"
#include "format/auditd/audit_rule_draft.hpp"
#include "format/auditd/audit_rule_words.hpp"
#include "format/auditd/audit_text_field.hpp"
#include "format/auditd/auditctl_fields.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t fixed_size = offsetof(audit_rule_data, buf);

std::string_view list_name(std::uint32_t list) {
  switch (list & ~std::uint32_t{AUDIT_FILTER_PREPEND}) {
    case AUDIT_FILTER_USER: return "user";
    case AUDIT_FILTER_TASK: return "task";
    case AUDIT_FILTER_EXIT: return "exit";
    case AUDIT_FILTER_EXCLUDE: return "exclude";
    case AUDIT_FILTER_FS: return "filesystem";
    case io_uring_list: return "io_uring";
    default: return "";
  }
}

std::string number_text(std::uint32_t field, std::uint32_t value) {
  if (field == AUDIT_PERM) return permission_letters(value);
  if (field == AUDIT_FILETYPE) {
    const char* name = ::audit_ftype_to_name(static_cast<int>(value));
    if (name != nullptr) return name;
  }
  if (field == AUDIT_EXIT) return std::to_string(static_cast<std::int32_t>(value));
  return std::to_string(value);
}

std::string name_of_field(std::uint32_t field) {
  const char* name = ::audit_field_to_name(static_cast<int>(field));
  return name == nullptr ? std::to_string(field) : std::string(name);
}

std::string symbol_of(std::uint32_t flags) {
  const char* symbol = ::audit_operator_to_symbol(static_cast<int>(flags));
  return symbol == nullptr ? "?" : std::string(symbol);
}

class RuleDataReader {
 public:
  RuleDataReader(const audit_rule_data& data, std::string_view texts, std::uint32_t native)
      : data_(data), texts_(texts), host_(native), native_(native) {}

  Result<AuditRule> read() {
    rule_.list = list_name(data_.flags);
    rule_.action = data_.action == AUDIT_NEVER ? "never" : "always";
    if (data_.field_count > AUDIT_MAX_FIELDS) return damaged("too many conditions");
    for (std::size_t i = 0; i < data_.field_count; ++i) {
      if (!read_field(i)) return damaged("a text runs over its end");
    }
    read_calls();
    normalize(rule_);
    return std::move(rule_);
  }

 private:
  static std::unexpected<Error> damaged(const char* why) {
    return failure(ErrorKind::malformed, "audit rule", why);
  }

  bool read_field(std::size_t i) {
    const std::uint32_t field = data_.fields[i];
    const std::uint32_t value = data_.values[i];
    std::string text = number_text(field, value);
    if (is_text_field(field)) {
      if (value > texts_.size()) return false;
      text = utf8_text(texts_.substr(0, value));
      texts_.remove_prefix(value);
    }
    if (field == AUDIT_ARCH) {
      read_arch(value, data_.fieldflags[i]);
    } else if (field == AUDIT_FIELD_COMPARE && !compared_fields(value).left.empty()) {
      const ComparedFields names = compared_fields(value);
      rule_.fields.push_back(
          {std::string(names.left), symbol_of(data_.fieldflags[i]), std::string(names.right)});
    } else if (field == AUDIT_FILTERKEY) {
      rule_.key = text;
    } else {
      rule_.fields.push_back({name_of_field(field), symbol_of(data_.fieldflags[i]), text});
    }
    return true;
  }

  /// An architecture that is not asked for by "=" alone is a condition among others.
  void read_arch(std::uint32_t value, std::uint32_t op) {
    native_ = value;
    const std::string name = audit_arch_name(value, host_);
    if (op == AUDIT_EQUAL && rule_.arch.empty())
      rule_.arch = name;
    else
      rule_.fields.push_back({"arch", symbol_of(op), name});
  }

  /// All bits are set where no call was named.
  void read_calls() {
    bool all = true;
    for (std::size_t word = 0; word + 1 < AUDIT_BITMASK_SIZE; ++word)
      all = all && data_.mask[word] == 0xffffffff;
    if (all) return;
    for (std::size_t number = 0; number < AUDIT_BITMASK_SIZE * std::size_t{32}; ++number) {
      if ((data_.mask[number / 32] >> (number % 32) & 1U) != 0)
        rule_.calls.push_back(audit_call_name(native_, static_cast<int>(number)));
    }
    if (rule_.calls.empty() && rule_.list == "exit") rule_.calls = {"none"};
  }

  const audit_rule_data& data_;
  std::string_view texts_;
  std::uint32_t host_;
  std::uint32_t native_;  ///< Whose numbers the calls are.
  AuditRule rule_;
};

}  // namespace

Result<AuditRule> parse_audit_rule_data(std::string_view bytes, std::uint32_t native) {
  if (bytes.size() < fixed_size) return failure(ErrorKind::malformed, "audit rule", "is cut");
  audit_rule_data data{};
  std::memcpy(&data, bytes.data(), fixed_size);
  std::string_view texts = bytes.substr(fixed_size);
  if (data.buflen > texts.size()) return failure(ErrorKind::malformed, "audit rule", "is cut");
  texts = texts.substr(0, data.buflen);
  return RuleDataReader(data, texts, native).read();
}

}  // namespace kmodsec
