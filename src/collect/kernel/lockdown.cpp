// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel/lockdown.hpp"

#include "collect/kernel/kernel_config.hpp"
#include "collect/paths.hpp"
#include "format/kernel/lockdown.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view level_file = "/sys/kernel/security/lockdown";
constexpr std::string_view active_modules = "/sys/kernel/security/lsm";

}  // namespace

Seen<Lockdown> collect_lockdown(const Root& root, const Seen<KernelConfig>& config) {
  const auto text = read_line(root, level_file);
  if (text) {
    auto level = parse_lockdown(*text);
    if (!level) return failure(level.error().kind, std::string(level_file), level.error().reason);
    return *level;
  }
  if (text.error().kind != ErrorKind::not_found) return std::unexpected(text.error());
  const bool securityfs_mounted = root.status(active_modules).has_value();
  if (securityfs_mounted || is_built_without(config, "CONFIG_SECURITY_LOCKDOWN_LSM"))
    return Lockdown::none;
  return failure(ErrorKind::not_found, std::string(level_file), "securityfs is not mounted");
}

}  // namespace kmodsec
