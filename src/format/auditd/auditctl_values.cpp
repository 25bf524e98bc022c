// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/auditctl_values.hpp"

#include <cerrno>
#include <climits>
#include <cstdlib>

#include "base/text.hpp"
#include "format/auditd/auditctl_fields.hpp"

namespace kmodsec {
namespace {

using Refusal = std::optional<AuditctlRefusal>;

constexpr std::uint32_t families = 46;  ///< AF_MAX of glibc 2.36.
constexpr std::uint32_t arch_64_bit = __AUDIT_ARCH_64BIT;

bool is_equality(std::uint32_t op) { return op == AUDIT_EQUAL || op == AUDIT_NOT_EQUAL; }

AuditctlRefusal refusal(const AuditCondition& condition, std::string_view why) {
  return {std::string(::audit_field_to_name(condition.field)) + " " + std::string(why) + ": " +
          utf8_text(condition.value)};
}

/// Numbers as strtoul(3) and strtol(3) read them, in any base; what follows them is passed over.
std::optional<std::uint32_t> number_of(const std::string& text, bool may_be_negative) {
  if (is_digit_at(text, 0))
    return static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, 0));
  if (may_be_negative && text.starts_with('-') && is_digit_at(text, 1))
    return static_cast<std::uint32_t>(std::strtol(text.c_str(), nullptr, 0));
  return std::nullopt;
}

Refusal add_number(const AuditCondition& condition, bool may_be_negative, AuditRuleDraft& rule) {
  const auto number = number_of(condition.value, may_be_negative);
  if (!number) return refusal(condition, "takes a number");
  rule.add(static_cast<std::uint32_t>(condition.field), condition.op, *number);
  return std::nullopt;
}

Refusal add_id(const AuditCondition& condition, const AuditctlHost& host, AuditRuleDraft& rule) {
  const int field = condition.field;
  const bool is_group = field == AUDIT_GID || field == AUDIT_EGID || field == AUDIT_SGID ||
                        field == AUDIT_FSGID || field == AUDIT_OBJ_GID;
  auto number = number_of(condition.value, !is_group);
  if (!number && !is_group && condition.value == "unset") number = 0xffffffff;
  if (!number) {
    const auto& names = is_group ? host.groups : host.users;
    const auto found = names.find(condition.value);
    if (found == names.end()) {
      AuditctlRefusal unknown =
          refusal(condition, is_group ? "has an unknown group" : "has an unknown user");
      unknown.sure = host.names_are_whole;
      return unknown;
    }
    number = found->second;
  }
  rule.add(static_cast<std::uint32_t>(field), condition.op, *number);
  return std::nullopt;
}

Refusal add_exit(const AuditCondition& condition, AuditRuleDraft& rule) {
  if (condition.list != AUDIT_FILTER_EXIT) return refusal(condition, "is for the list exit");
  auto number = number_of(condition.value, true);
  if (!number) {
    number = static_cast<std::uint32_t>(::audit_name_to_errno(condition.value.c_str()));
    if (*number == 0) return refusal(condition, "has an unknown error");
  }
  rule.add(AUDIT_EXIT, condition.op, *number);
  return std::nullopt;
}

Refusal add_message_type(const AuditCondition& condition, AuditRuleDraft& rule) {
  if (condition.list != AUDIT_FILTER_EXCLUDE && condition.list != AUDIT_FILTER_USER)
    return refusal(condition, "is for the lists exclude and user");
  if (is_digit_at(condition.value, 0)) return add_number(condition, false, rule);
  const int type = ::audit_name_to_msg_type(condition.value.c_str());
  if (type <= 0) return refusal(condition, "has an unknown type of record");
  rule.add(AUDIT_MSGTYPE, condition.op, static_cast<std::uint32_t>(type));
  return std::nullopt;
}

Refusal add_key(const AuditCondition& condition, AuditRuleDraft& rule) {
  if (!rule.has_calls && !rule.has_permissions && !rule.has_program && !rule.has_file_system)
    return AuditctlRefusal{"a key needs a system call, a watch or a program before it"};
  if (condition.value.size() > AUDIT_MAX_KEY_LEN) return refusal(condition, "is too long");
  rule.add_text(AUDIT_FILTERKEY, condition.op, condition.value);
  return std::nullopt;
}

Refusal add_text(const AuditCondition& condition, AuditRuleDraft& rule) {
  const int field = condition.field;
  const bool is_of_process = field >= AUDIT_SUBJ_USER && field <= AUDIT_SUBJ_CLR;
  if (!is_of_process && field != AUDIT_EXE && condition.list != AUDIT_FILTER_EXIT)
    return refusal(condition, "is for the list exit");
  if (field == AUDIT_WATCH || field == AUDIT_DIR) rule.has_permissions = true;
  if (field == AUDIT_EXE) {
    if (!is_equality(condition.op)) return refusal(condition, "takes only = and !=");
    rule.has_program = true;
  }
  if (condition.value.size() > PATH_MAX) return refusal(condition, "is too long");
  rule.add_text(static_cast<std::uint32_t>(field), condition.op, condition.value);
  return std::nullopt;
}

bool is_word(std::string_view text, char size) {
  return text.size() == 3 && (text[0] == 'b' || text[0] == 'B') &&
         text.substr(1) == (size == '6' ? "64" : "32");
}

int narrow_machine(int machine) {
  switch (machine) {
    case MACH_86_64: return MACH_X86;
    case MACH_PPC64: return MACH_PPC;
    case MACH_S390X: return MACH_S390;
    case MACH_AARCH64: return MACH_ARM;
    case MACH_PPC64LE: return -1;
    default: return machine;
  }
}

/// lib/libaudit.c, audit_determine_machine
std::uint32_t arch_of(const std::string& text, const AuditctlHost& host) {
  if (is_digit_at(text, 0)) {
    errno = 0;
    const auto number = static_cast<std::uint32_t>(std::strtoul(text.c_str(), nullptr, 0));
    return errno != 0 || ::audit_elf_to_machine(number) < 0 ? 0 : number;
  }
  const bool wide = is_word(text, '6');
  int machine = -1;
  if (wide || is_word(text, '3')) {
    machine = audit_machine(host.machine);
    if (!wide) machine = narrow_machine(machine);
  } else {
    machine = audit_machine(text);
    if (machine < 0)
      machine =
          ::audit_elf_to_machine(static_cast<unsigned>(std::strtoul(text.c_str(), nullptr, 16)));
  }
  if (machine < 0) return 0;
  const std::uint32_t arch = ::audit_machine_to_elf(machine);
  return wide && (arch & arch_64_bit) == 0 ? 0 : arch;
}

Refusal add_arch(const AuditCondition& condition, const AuditctlHost& host, AuditRuleDraft& rule) {
  if (rule.has_calls) return refusal(condition, "must come before -S");
  if (!is_equality(condition.op)) return refusal(condition, "takes only = and !=");
  rule.arch = arch_of(condition.value, host);
  if (rule.arch == 0) {
    AuditctlRefusal unknown = refusal(condition, "is unknown on this machine");
    unknown.sure = audit_machine(host.machine) >= 0;
    return unknown;
  }
  rule.add(AUDIT_ARCH, condition.op, rule.arch);
  return std::nullopt;
}

Refusal add_permissions(const AuditCondition& condition, AuditRuleDraft& rule) {
  if (condition.list != AUDIT_FILTER_EXIT) return refusal(condition, "is for the list exit");
  if (condition.op != AUDIT_EQUAL) return refusal(condition, "takes only =");
  const auto bits = audit_permission_bits(condition.value);
  if (!bits) return refusal(condition, "takes up to four of r, w, x and a");
  rule.add(AUDIT_PERM, condition.op, *bits);
  rule.has_permissions = true;
  return std::nullopt;
}

Refusal add_file_type(const AuditCondition& condition, AuditRuleDraft& rule) {
  if (condition.list != AUDIT_FILTER_EXIT) return refusal(condition, "is for the list exit");
  const int type = ::audit_name_to_ftype(condition.value.c_str());
  if (type < 0) return refusal(condition, "has an unknown type of file");
  rule.add(AUDIT_FILETYPE, condition.op, static_cast<std::uint32_t>(type));
  return std::nullopt;
}

Refusal add_file_system(const AuditCondition& condition, AuditRuleDraft& rule) {
  if (condition.list != AUDIT_FILTER_FS) return refusal(condition, "is for the list filesystem");
  if (!is_equality(condition.op)) return refusal(condition, "takes only = and !=");
  const std::uint32_t type =
      number_of(condition.value, false)
          .value_or(static_cast<std::uint32_t>(::audit_name_to_fstype(condition.value.c_str())));
  if (type == 0xffffffff) return refusal(condition, "is unknown");
  rule.add(AUDIT_FSTYPE, condition.op, type);
  rule.has_file_system = true;
  return std::nullopt;
}

Refusal add_session(const AuditCondition& condition, AuditRuleDraft& rule) {
  if (condition.list != AUDIT_FILTER_EXCLUDE && condition.list != AUDIT_FILTER_USER &&
      condition.list != AUDIT_FILTER_EXIT)
    return refusal(condition, "is not for this list");
  const std::uint32_t unset = condition.value == "unset" ? 0xffffffff : 0;
  rule.add(AUDIT_SESSIONID, condition.op, number_of(condition.value, true).value_or(unset));
  return std::nullopt;
}

Refusal add_family(const AuditCondition& condition, AuditRuleDraft& rule) {
  const auto family = static_cast<std::uint32_t>(std::strtoul(condition.value.c_str(), nullptr, 0));
  if (family >= families) return refusal(condition, "is too large");
  rule.add(AUDIT_SADDR_FAM, condition.op, family);
  return std::nullopt;
}

Refusal add_other(const AuditCondition& condition, AuditRuleDraft& rule) {
  const int field = condition.field;
  const bool is_of_exit = (field >= AUDIT_DEVMAJOR && field <= AUDIT_INODE) ||
                          field == AUDIT_SUCCESS || field == AUDIT_PPID;
  if (is_of_exit && condition.list != AUDIT_FILTER_EXIT)
    return refusal(condition, "is for the list exit");
  if (field == AUDIT_INODE && !is_equality(condition.op))
    return refusal(condition, "takes only = and !=");
  return add_number(condition, field >= AUDIT_ARG0 && field <= AUDIT_ARG3, rule);
}

}  // namespace

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

std::optional<std::uint32_t> audit_permission_bits(std::string_view letters) {
  constexpr std::string_view known = "rRwWxXaA";
  constexpr std::uint32_t bits[] = {AUDIT_PERM_READ, AUDIT_PERM_WRITE, AUDIT_PERM_EXEC,
                                    AUDIT_PERM_ATTR};
  if (letters.size() > 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char letter : letters) {
    const std::size_t place = known.find(letter);
    if (place == std::string_view::npos) return std::nullopt;
    value |= bits[place / 2];
  }
  return value;
}

std::optional<AuditctlRefusal> add_audit_value(const AuditCondition& condition,
                                               const AuditctlHost& host, AuditRuleDraft& rule) {
  switch (condition.field) {
    case AUDIT_UID:
    case AUDIT_EUID:
    case AUDIT_SUID:
    case AUDIT_FSUID:
    case AUDIT_LOGINUID:
    case AUDIT_OBJ_UID:
    case AUDIT_GID:
    case AUDIT_EGID:
    case AUDIT_SGID:
    case AUDIT_FSGID:
    case AUDIT_OBJ_GID: return add_id(condition, host, rule);
    case AUDIT_EXIT: return add_exit(condition, rule);
    case AUDIT_MSGTYPE: return add_message_type(condition, rule);
    case AUDIT_FILTERKEY: return add_key(condition, rule);
    case AUDIT_OBJ_USER:
    case AUDIT_OBJ_ROLE:
    case AUDIT_OBJ_TYPE:
    case AUDIT_OBJ_LEV_LOW:
    case AUDIT_OBJ_LEV_HIGH:
    case AUDIT_WATCH:
    case AUDIT_DIR:
    case AUDIT_SUBJ_USER:
    case AUDIT_SUBJ_ROLE:
    case AUDIT_SUBJ_TYPE:
    case AUDIT_SUBJ_SEN:
    case AUDIT_SUBJ_CLR:
    case AUDIT_EXE: return add_text(condition, rule);
    case AUDIT_ARCH: return add_arch(condition, host, rule);
    case AUDIT_PERM: return add_permissions(condition, rule);
    case AUDIT_FILETYPE: return add_file_type(condition, rule);
    case AUDIT_FSTYPE: return add_file_system(condition, rule);
    case AUDIT_SESSIONID: return add_session(condition, rule);
    case AUDIT_SADDR_FAM: return add_family(condition, rule);
    default: return add_other(condition, rule);
  }
}

}  // namespace kmodsec
