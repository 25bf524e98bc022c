// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_rule_limits.hpp"

#include <string>
#include <string_view>

#include "base/text.hpp"
#include "format/auditd/audit_text_field.hpp"

namespace kmodsec {
namespace {

using Refusal = std::optional<AuditctlRefusal>;

constexpr std::uint32_t unset_id = 0xffffffff;

bool is_user(std::uint32_t field) {
  return (field >= AUDIT_UID && field <= AUDIT_FSUID) || field == AUDIT_LOGINUID ||
         field == AUDIT_OBJ_UID;
}

bool is_group(std::uint32_t field) {
  return (field >= AUDIT_GID && field <= AUDIT_FSGID) || field == AUDIT_OBJ_GID;
}

/// Fields of which the kernel takes any operator.
bool takes_any_operator(std::uint32_t field) {
  return (field >= AUDIT_ARG0 && field <= AUDIT_ARG3) || field == AUDIT_PERS ||
         field == AUDIT_DEVMINOR;
}

bool takes_equality_alone(std::uint32_t field) {
  switch (field) {
    case AUDIT_SUBJ_SEN:
    case AUDIT_SUBJ_CLR:
    case AUDIT_OBJ_LEV_LOW:
    case AUDIT_OBJ_LEV_HIGH: return false;
    case AUDIT_ARCH:
    case AUDIT_FSTYPE:
    case AUDIT_PERM:
    case AUDIT_FILETYPE:
    case AUDIT_FIELD_COMPARE: return true;
    default: return is_text_field(field);
  }
}

std::string name_of(std::uint32_t field) {
  const char* name = ::audit_field_to_name(static_cast<int>(field));
  return name == nullptr ? std::to_string(field) : name;
}

class Judge {
 public:
  Judge(const AuditRuleDraft& rule, const AuditctlHost& host)
      : rule_(rule), host_(host), texts_(rule.texts), list_(rule.head.flags & AUDIT_FILTER_MASK) {}

  Refusal judge() {
    for (std::size_t i = 0; i < rule_.head.field_count; ++i) {
      if (auto refusal = judge_field(i)) return refusal;
    }
    return std::nullopt;
  }

 private:
  Refusal judge_field(std::size_t i) {
    const std::uint32_t field = rule_.head.fields[i];
    const std::uint32_t value = rule_.head.values[i];
    std::string_view text;
    if (is_text_field(field)) {
      text = texts_.substr(0, value);
      texts_.remove_prefix(text.size());
    }
    if (list_ == AUDIT_FILTER_FS && field != AUDIT_FSTYPE && field != AUDIT_FILTERKEY)
      return refused(field, "in the list filesystem");
    if (list_ == io_uring_list && field == AUDIT_PERM) return refused(field, "for io_uring");
    if (auto refusal = judge_operator(field, rule_.head.fieldflags[i], value)) return refusal;
    return judge_text(field, rule_.head.fieldflags[i], text);
  }

  static Refusal refused(std::uint32_t field, std::string_view why) {
    return AuditctlRefusal{"the kernel takes no " + name_of(field) + " " + std::string(why)};
  }

  static Refusal judge_operator(std::uint32_t field, std::uint32_t op, std::uint32_t value) {
    const bool is_equality = op == AUDIT_EQUAL || op == AUDIT_NOT_EQUAL;
    const bool is_unset_login = field == AUDIT_LOGINUID && value == unset_id;
    if ((takes_equality_alone(field) || is_unset_login) && !is_equality)
      return refused(field, "with this operator");
    if (!takes_any_operator(field) && (op == AUDIT_BIT_MASK || op == AUDIT_BIT_TEST))
      return refused(field, "with an operator for bits");
    const bool is_id = (is_user(field) && field != AUDIT_LOGINUID) || is_group(field);
    if (is_id && value == unset_id) return refused(field, "that is unset");
    if (field == AUDIT_FIELD_COMPARE && value > AUDIT_MAX_FIELD_COMPARE)
      return refused(field, "of this number");
    return std::nullopt;
  }

  Refusal judge_text(std::uint32_t field, std::uint32_t op, std::string_view text) {
    if (field == AUDIT_FILTERKEY) return once(field, has_key_);
    if (field == AUDIT_EXE) {
      if (!text.starts_with('/') || text.ends_with('/')) return refused(field, "of such a path");
      if (auto refusal = judge_folder(std::string(text), false)) return refusal;
      return once(field, has_program_);
    }
    if (field == AUDIT_INODE) return once(field, has_watch_);
    if (field != AUDIT_WATCH && field != AUDIT_DIR) return std::nullopt;
    const bool ends_badly = field == AUDIT_WATCH && text.ends_with('/');
    if (!text.starts_with('/') || ends_badly) return refused(field, "of such a path");
    if (op != AUDIT_EQUAL) return refused(field, "with this operator");
    if (auto refusal = judge_folder(std::string(text), field == AUDIT_DIR)) return refusal;
    return once(field, has_watch_);
  }

  static Refusal once(std::uint32_t field, bool& has_one) {
    if (has_one) return refused(field, "beside another of its kind");
    has_one = true;
    return std::nullopt;
  }

  /// A rule is tied to the folder of its file (audit_get_nd), or to the folder itself.
  Refusal judge_folder(const std::string& path, bool itself) const {
    if (!host_.look) return std::nullopt;
    const WatchedPlace place = host_.look(path);
    const bool is_there = place == WatchedPlace::folder || (!itself && place == WatchedPlace::file);
    if (is_there) return std::nullopt;
    return AuditctlRefusal{"the kernel takes no rule on what is not there: " + utf8_text(path),
                           place != WatchedPlace::unknown};
  }

  const AuditRuleDraft& rule_;
  const AuditctlHost& host_;
  std::string_view texts_;
  std::uint32_t list_;
  bool has_key_ = false;
  bool has_program_ = false;
  bool has_watch_ = false;
};

}  // namespace

std::optional<AuditctlRefusal> refused_by_kernel(const AuditRuleDraft& rule,
                                                 const AuditctlHost& host) {
  return Judge(rule, host).judge();
}

}  // namespace kmodsec
