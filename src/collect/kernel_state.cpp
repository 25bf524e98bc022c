// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel_state.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/masked_paths.hpp"
#include "collect/kernel/kernel_config.hpp"
#include "collect/kernel/kernel_log.hpp"
#include "collect/kernel/lockdown.hpp"
#include "collect/kernel/secure_boot.hpp"
#include "collect/paths.hpp"
#include "collect/signatures/keyrings.hpp"
#include "format/files/elf.hpp"
#include "format/kernel/kernel_log.hpp"
#include "system/kernel/live_kernel.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view osrelease = "/proc/sys/kernel/osrelease";
constexpr std::string_view loaded_list = "/proc/modules";
constexpr std::string_view helper_setting = "/proc/sys/kernel/modprobe";
constexpr std::size_t list_limit = 64UL * 1024 * 1024;
constexpr std::size_t text_limit = 1024UL * 1024;

Seen<bool> read_switch(const Root& root, std::string_view path) {
  const auto text = read_line(root, path);
  if (!text) return std::unexpected(text.error());
  const std::string_view value = trim(*text);
  if (value == "1" || value == "Y") return true;
  if (value == "0" || value == "N") return false;
  return failure(ErrorKind::malformed, std::string(path), "neither on nor off");
}

bool is_missing(const Result<std::string>& text) {
  return !text && text.error().kind == ErrorKind::not_found;
}

bool is_missing(const Root& root, std::string_view path) {
  const auto status = root.status(path);
  return !status && status.error().kind == ErrorKind::not_found;
}

/// A kernel without CONFIG_MODULES has neither the list nor the setting, but does have the folder
/// that the setting would stand in (linux: kernel/module/procfs.c, kernel/sysctl.c).
Seen<bool> collect_modules_supported(const Root& root, const std::string& release) {
  const auto list = root.read(loaded_list, list_limit);
  if (list) return true;
  if (list.error().kind != ErrorKind::not_found) return std::unexpected(list.error());
  if (is_missing(root, osrelease) || !is_missing(root, helper_setting))
    return failure(ErrorKind::denied, std::string(loaded_list), "hidden from this process");
  if (is_built_without(collect_kernel_config(root, release, true), "CONFIG_MODULES")) return false;
  for (const std::string_view path : {loaded_list, helper_setting})
    if (const auto doubt = doubt_about_absence(root, path)) return std::unexpected(*doubt);
  return false;
}

/// What this kernel unpacks itself. One that shows no such file beside its other settings unpacks
/// nothing (linux: kernel/module/decompress.c).
Seen<std::string> collect_module_compression(const Root& root) {
  auto compression = read_text(root, "/sys/module/compression");
  const bool has_none = !compression && compression.error().kind == ErrorKind::not_found &&
                        is_folder(root, "/sys/module/kernel");
  if (has_none) return std::string{};
  return compression;
}

/// The file exists only where signature checking was built in; without it nothing is enforced.
Seen<bool> collect_sig_enforce(const Root& root, const Seen<KernelConfig>& config) {
  constexpr std::string_view path = "/sys/module/module/parameters/sig_enforce";
  auto enforced = read_switch(root, path);
  if (enforced || enforced.error().kind != ErrorKind::not_found) return enforced;
  if (is_built_without(config, "CONFIG_MODULE_SIG")) return false;
  if (!is_folder(root, "/sys/module/kernel")) return enforced;
  if (const auto doubt = doubt_about_absence(root, path)) return std::unexpected(*doubt);
  return false;
}

Seen<ModprobeHelper> collect_helper(const Root& root) {
  auto path = read_text(root, helper_setting);
  if (!path) return std::unexpected(path.error());
  ModprobeHelper helper{.path = std::move(*path), .resolved = {}, .owners = {}};
  if (helper.path.empty()) return helper;
  if (const auto told = owners_can_be_told(root); !told) {
    helper.resolved = std::unexpected(told.error());
    return helper;
  }
  Way way = way_to(root, helper.path);
  helper.owners = std::move(way.owners);
  if (way.end)
    helper.resolved = utf8_text(*way.end);
  else
    helper.resolved = std::unexpected(way.end.error());
  return helper;
}

Seen<std::vector<std::string>> collect_security_modules(const Root& root,
                                                        const Seen<KernelConfig>& config) {
  const auto text = read_text(root, "/sys/kernel/security/lsm");
  if (is_missing(text) && is_built_without(config, "CONFIG_SECURITYFS"))
    return std::vector<std::string>{};
  if (!text) return std::unexpected(text.error());
  std::vector<std::string> modules;
  for (const std::string_view name : split(*text, ',')) modules.emplace_back(name);
  return modules;
}

Seen<std::vector<KernelLogLine>> only_telling(Seen<std::vector<KernelLogLine>> lines) {
  if (lines)
    std::erase_if(*lines, [](const KernelLogLine& line) { return !is_about_module_trust(line); });
  return lines;
}

/// A kernel without kexec has no such setting; where the others are hidden, nobody knows.
Seen<bool> collect_kexec_load_disabled(const Root& root) {
  constexpr std::string_view path = "/proc/sys/kernel/kexec_load_disabled";
  auto disabled = read_switch(root, path);
  if (!disabled && !is_missing(root, osrelease) && is_absent(root, path, disabled.error()))
    return failure(ErrorKind::unsupported, std::string(path), "this kernel has no kexec");
  return disabled;
}

/// The build-id of the image that runs, which no file on the disk can claim to be by its name.
Seen<std::string> collect_build_id(const Root& root) {
  constexpr std::string_view path = "/sys/kernel/notes";
  const auto notes = root.read(path, text_limit);
  if (!notes) return std::unexpected(notes.error());
  std::string id = build_id_of_notes(*notes);
  if (id.empty()) return failure(ErrorKind::not_found, std::string(path), "holds no build-id");
  return id;
}

/// A hidden /proc hides none of these; before Linux 6.1 it did not tell the architecture.
void add_unseen_names(KernelState& kernel) {
  const KernelNames names = live_kernel_names();
  if (!kernel.release) kernel.release = utf8_text(names.release);
  if (!kernel.version) kernel.version = utf8_text(names.version);
  if (!kernel.arch) kernel.arch = utf8_text(names.machine);
}

}  // namespace

KernelState collect_kernel_identity(const Root& root) {
  KernelState kernel;
  kernel.release = read_text(root, osrelease);
  kernel.version = read_text(root, "/proc/sys/kernel/version");
  kernel.arch = read_text(root, "/proc/sys/kernel/arch");
  if (root.is_running_system()) add_unseen_names(kernel);
  kernel.modules_supported = collect_modules_supported(root, kernel.release.value_or(""));
  kernel.build_id = collect_build_id(root);
  kernel.module_compression = collect_module_compression(root);
  return kernel;
}

void collect_kernel_trust(const Root& root, KernelState& kernel) {
  kernel.config = collect_kernel_config(root, kernel.release.value_or(""), true);
  kernel.secure_boot = collect_secure_boot(root);
  kernel.keyrings = collect_keyrings(root, kernel.config);
}

void collect_kernel_posture(const Root& root, KernelState& kernel) {
  kernel.modules_disabled = read_switch(root, "/proc/sys/kernel/modules_disabled");
  kernel.sig_enforce = collect_sig_enforce(root, kernel.config);
  Seen<std::vector<KernelLogLine>> log = collect_kernel_log(root);
  kernel.lockdown = collect_lockdown(root, kernel, log);
  kernel.taint = read_count(root, "/proc/sys/kernel/tainted");
  kernel.modprobe_helper = collect_helper(root);
  kernel.kexec_load_disabled = collect_kexec_load_disabled(root);
  kernel.command_line = read_text(root, "/proc/cmdline");
  kernel.security_modules = collect_security_modules(root, kernel.config);
  kernel.log = only_telling(std::move(log));
}

}  // namespace kmodsec
