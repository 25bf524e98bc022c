// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel/lockdown.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "collect/kernel/kernel_config.hpp"
#include "collect/paths.hpp"
#include "format/kernel/lockdown.hpp"
#include "model/kernel/kernel_changes.hpp"
#include "model/kernel/kernel_options.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view level_file = "/sys/kernel/security/lockdown";
constexpr std::string_view active_modules = "/sys/kernel/security/lsm";

using Log = Seen<std::vector<KernelLogLine>>;

/// What the patches say: "Kernel is locked down from EFI secure boot; see man kernel_lockdown.7",
/// "Kernel is locked down from command line; see …", and the first of them "Secure boot enabled and
/// kernel locked down".
bool tells_of_lockdown(const Log& log) {
  constexpr std::array<std::string_view, 2> words = {"ernel is locked down",
                                                     "and kernel locked down"};
  return log && std::ranges::any_of(*log, [&](const KernelLogLine& line) {
           return std::ranges::any_of(
               words, [&](std::string_view word) { return line.text.contains(word); });
         });
}

/// The ring still has its first record.
bool begins_at_boot(const Log& log) { return log && !log->empty() && log->front().sequence == 0; }

/// Options that the patches brought, before the security module had ones of its own.
bool is_built_with_patch(const Seen<KernelConfig>& config) {
  constexpr std::array<std::string_view, 4> options = {
      "CONFIG_LOCK_DOWN_KERNEL", "CONFIG_LOCK_DOWN_IN_EFI_SECURE_BOOT",
      "CONFIG_EFI_SECURE_BOOT_LOCK_DOWN", "CONFIG_SECURITY_SECURELEVEL"};
  return std::ranges::any_of(
      options, [&](std::string_view option) { return is_built_in(config, std::string(option)); });
}

/// Of a kernel that has no lockdown module, or whose module shows no file.
Seen<Lockdown> before_the_module(const KernelState& kernel, const Log& log) {
  if (tells_of_lockdown(log)) return Lockdown::integrity;
  if (begins_at_boot(log)) return Lockdown::none;
  if (kernel.config && !is_built_with_patch(kernel.config)) return Lockdown::none;
  return failure(ErrorKind::not_found, std::string(level_file),
                 "this kernel is older than the lockdown module: a patch would mention lockdown "
                 "only in the kernel's log, which was not seen from its start");
}

}  // namespace

Seen<Lockdown> collect_lockdown(const Root& root, const KernelState& kernel, const Log& log) {
  const auto text = read_line(root, level_file);
  if (text) {
    auto level = parse_lockdown(*text);
    if (!level) return failure(level.error().kind, std::string(level_file), level.error().reason);
    return *level;
  }
  if (text.error().kind != ErrorKind::not_found) return std::unexpected(text.error());
  const unsigned series = kernel_series(kernel.release.value_or(""));
  const bool has_module = has_change(series, KernelChange::lockdown_module);
  if (!has_module) return before_the_module(kernel, log);
  if (tells_of_lockdown(log))
    return failure(ErrorKind::not_found, std::string(level_file),
                   "the kernel's log says that it is locked down, but not at which level");
  const bool is_built_out = is_built_without(kernel.config, "CONFIG_SECURITY_LOCKDOWN_LSM");
  if (is_built_out && !is_built_with_patch(kernel.config)) return Lockdown::none;
  if (const auto active = read_line(root, active_modules)) {
    const bool was_left_out = !root.is_whole() && active->find("lockdown") != active->npos;
    if (!was_left_out) return Lockdown::none;
    return failure(ErrorKind::not_found, std::string(level_file), "not part of what was captured");
  }
  return failure(ErrorKind::not_found, std::string(level_file), "securityfs is not mounted");
}

}  // namespace kmodsec
