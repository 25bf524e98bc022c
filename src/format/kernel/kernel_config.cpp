// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_config.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 24> prefixes = {"CONFIG_MODULE",
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
                                                       "CONFIG_TRIM_UNUSED_KSYMS",
                                                       "CONFIG_CRYPTO_MD4",
                                                       "CONFIG_CRYPTO_MD5",
                                                       "CONFIG_CRYPTO_SHA3",
                                                       "CONFIG_CRYPTO_SM2",
                                                       "CONFIG_CRYPTO_ECDSA",
                                                       "CONFIG_CRYPTO_MLDSA",
                                                       "CONFIG_IMA",
                                                       "CONFIG_KEY_DH_OPERATIONS",
                                                       "CONFIG_PKCS7_WAIVE",
                                                       "CONFIG_SECURITY_SECURELEVEL"};

constexpr std::string_view option_start = "CONFIG_";
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

/// What of a configuration was met. `make` writes nothing but options and comments, names
/// CONFIG_MODULES whether it is set or not, and comes to the menu "Kernel hacking" last; from Linux
/// 5.5 on it tells the end of each menu (linux: scripts/kconfig/confdata.c).
struct Completeness {
  bool is_clean = true;
  bool names_modules = false;
  bool tells_ends = false;
  bool reaches_last_menu = false;
  bool ends_last_menu = false;

  bool holds() const {
    return is_clean && names_modules && (tells_ends ? ends_last_menu : reaches_last_menu);
  }
};

void note_comment(std::string_view line, Completeness& met) {
  met.tells_ends = met.tells_ends || line.starts_with("# end of ");
  met.reaches_last_menu = met.reaches_last_menu || line == "# Kernel hacking";
  met.ends_last_menu = met.ends_last_menu || line == "# end of Kernel hacking";
}

}  // namespace

Result<KernelConfig> parse_kernel_config(std::string_view text) {
  KernelConfig config;
  Completeness met;
  const auto keep = [&](std::string_view option, std::string_view value) {
    met.names_modules = met.names_modules || option == "CONFIG_MODULES";
    if (bears_on_modules(option)) config[utf8_text(option)] = utf8_text(value);
  };
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const bool has_room = line.size() > unset_start.size() + unset_end.size();
    if (has_room && line.starts_with(unset_start) && line.ends_with(unset_end)) {
      line.remove_prefix(unset_start.size());
      line.remove_suffix(unset_end.size());
      return keep(line, "n");
    }
    if (line.empty() || line.starts_with('#')) return note_comment(line, met);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || !line.starts_with(option_start)) {
      met.is_clean = false;
      return;
    }
    keep(line.substr(0, equals), without_quotes(line.substr(equals + 1)));
  });
  if (met.holds()) return config;
  return failure(ErrorKind::malformed, "",
                 "is not the whole configuration of a kernel: what it leaves out is not known");
}

}  // namespace kmodsec
