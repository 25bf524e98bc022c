// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loaded_modules.hpp"

#include "base/text.hpp"
#include "collect/paths.hpp"
#include "format/proc_modules.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view list_file = "/proc/modules";
constexpr std::size_t list_limit = 16UL * 1024 * 1024;
constexpr std::string_view module_folder = "/sys/module";

/// Only loadable modules have an `initstate` (linux: kernel/module/sysfs.c).
bool sysfs_shows_a_module(const Root& root) {
  const auto entries = root.list(module_folder);
  if (!entries) return false;
  for (const Entry& entry : *entries) {
    if (root.status(std::string(module_folder) + "/" + entry.name + "/initstate")) return true;
  }
  return false;
}

}  // namespace

Seen<std::vector<LoadedModule>> collect_loaded_modules(const Root& root) {
  const auto text = root.read(list_file, list_limit);
  if (!text) return std::unexpected(text.error());
  auto modules = parse_proc_modules(*text);
  if (!modules)
    return failure(modules.error().kind, std::string(list_file), modules.error().reason);
  if (modules->empty() && sysfs_shows_a_module(root))
    return failure(ErrorKind::denied, std::string(list_file),
                   "empty, although /sys/module shows loaded modules");
  return modules;
}

void collect_parameters(const Root& root, std::vector<LoadedModule>& modules) {
  for (LoadedModule& module : modules) {
    const std::string folder = std::string(module_folder) + "/" + module.name + "/parameters";
    const auto entries = root.list(folder);
    if (!entries) continue;
    for (const Entry& entry : *entries) {
      module.parameters.push_back(
          {utf8_text(entry.name), read_text(root, folder + "/" + entry.name)});
    }
  }
}

}  // namespace kmodsec
