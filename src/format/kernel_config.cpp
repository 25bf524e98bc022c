// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel_config.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 14> prefixes = {"CONFIG_MODULE",
                                                       "CONFIG_MODPROBE_PATH",
                                                       "CONFIG_SECURITY_LOCKDOWN",
                                                       "CONFIG_LOCK_DOWN",
                                                       "CONFIG_SECURITYFS",
                                                       "CONFIG_KEYS",
                                                       "CONFIG_KEXEC",
                                                       "CONFIG_SYSTEM_TRUSTED",
                                                       "CONFIG_SECONDARY_TRUSTED",
                                                       "CONFIG_INTEGRITY_",
                                                       "CONFIG_STATIC_USERMODEHELPER",
                                                       "CONFIG_DEBUG_INFO_BTF",
                                                       "CONFIG_STRICT_MODULE_RWX",
                                                       "CONFIG_TRIM_UNUSED_KSYMS"};

constexpr std::string_view unset_start = "# ";
constexpr std::string_view unset_end = " is not set";

bool bears_on_modules(std::string_view option) {
  return std::ranges::any_of(prefixes,
                             [&](std::string_view prefix) { return option.starts_with(prefix); });
}

std::string_view without_quotes(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.starts_with('"') && value.ends_with('"');
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

KernelConfig parse_kernel_config(std::string_view text) {
  KernelConfig config;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const bool has_room = line.size() > unset_start.size() + unset_end.size();
    if (has_room && line.starts_with(unset_start) && line.ends_with(unset_end)) {
      line.remove_prefix(unset_start.size());
      line.remove_suffix(unset_end.size());
      if (bears_on_modules(line)) config[utf8_text(line)] = "n";
      return;
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || !bears_on_modules(line)) return;
    config[utf8_text(line.substr(0, equals))] = utf8_text(without_quotes(line.substr(equals + 1)));
  });
  return config;
}

}  // namespace kmodsec
