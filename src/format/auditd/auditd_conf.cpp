// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/auditd_conf.hpp"

#include "base/text.hpp"

namespace kmodsec {
std::string audit_log_path(std::string_view auditd_conf) {
  std::string path;
  for_each_line(auditd_conf, [&](std::string_view line, std::size_t) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || trim(line.substr(0, equals)) != "log_file") return;
    path = utf8_text(trim(line.substr(equals + 1)));
  });
  return path;
}

}  // namespace kmodsec
