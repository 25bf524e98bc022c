// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/auditd_conf.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// Neither names nor words of values have a case (audit-userspace: src/auditd-config.c).
bool is_word(std::string_view text, std::string_view word) { return in_lower_case(text) == word; }

template <class Visit>
void for_each_setting(std::string_view auditd_conf, Visit visit) {
  for_each_line(auditd_conf, [&](std::string_view line, std::size_t) {
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos)
      visit(trim(line.substr(0, equals)), trim(line.substr(equals + 1)));
  });
}

}  // namespace

std::string audit_log_path(std::string_view auditd_conf) {
  std::string path;
  for_each_setting(auditd_conf, [&](std::string_view name, std::string_view value) {
    if (is_word(name, "log_file")) path = utf8_text(value);
  });
  return path;
}

std::string no_audit_log(std::string_view auditd_conf) {
  std::string by_format;
  std::string by_switch;
  for_each_setting(auditd_conf, [&](std::string_view name, std::string_view value) {
    if (is_word(name, "log_format"))
      by_format = is_word(value, "nolog") ? "log_format = NOLOG" : "";
    if (is_word(name, "write_logs")) by_switch = is_word(value, "no") ? "write_logs = no" : "";
  });
  return by_switch.empty() ? by_format : by_switch;
}

}  // namespace kmodsec
