// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/module_users.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/paths.hpp"
#include "format/host/mount_table.hpp"
#include "format/modules/crypto_algorithms.hpp"
#include "format/modules/net_protocols.hpp"
#include "model/host/module_name.hpp"
#include "system/host/live_links.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t table_limit = 16UL * 1024 * 1024;

/// Finds the loaded modules behind the name of a file system or a kind of interface: the module of
/// that name, or else each whose file has it as an alias. It answers for those that were asked
/// about, and as it would if all had been.
class ModuleFinder {
 public:
  ModuleFinder(const std::vector<LoadedModule>& loaded, const std::vector<LoadedModule>& asked,
               const std::vector<ModuleFile>& files) {
    for (const LoadedModule& module : loaded) loaded_.insert(module.name);
    for (const LoadedModule& module : asked) asked_.insert(module.name);
    for (const ModuleFile& file : files) {
      if (is_asked(file.name) && file.content) add_aliases(file);
    }
  }

  std::vector<std::string> find(std::string_view prefix, std::string_view name) const {
    const std::string plain = normalized_module_name(name);
    if (is_asked(plain)) return {plain};
    if (loaded_.contains(plain)) return {};
    const auto modules = aliases_.find(std::string(prefix) + std::string(name));
    return modules == aliases_.end() ? std::vector<std::string>{} : modules->second;
  }

  bool is_asked(std::string_view name) const { return asked_.contains(std::string(name)); }

 private:
  void add_aliases(const ModuleFile& file) {
    for (const InfoField& field : file.content->info) {
      const bool is_asked_for =
          field.value.starts_with("fs-") || field.value.starts_with("rtnl-link-");
      if (field.key != "alias" || !is_asked_for) continue;
      std::vector<std::string>& modules = aliases_[field.value];
      if (modules.empty() || modules.back() != file.name) modules.push_back(file.name);
    }
  }

  std::set<std::string> loaded_;
  std::set<std::string> asked_;
  std::map<std::string, std::vector<std::string>> aliases_;
};

/// Entries of /sys/module/NAME/drivers are links to drivers; a link inside a driver's folder is a
/// device bound to it, but for the one that leads back to the module.
void add_bound_devices(const Root& root, const LoadedModule& module,
                       std::vector<ModuleUser>& users) {
  const std::string folder = "/sys/module/" + module.name + "/drivers";
  const auto drivers = root.list(folder);
  if (!drivers) return;
  for (const Entry& driver : *drivers) {
    const auto entries = root.list(folder + "/" + driver.name);
    if (!entries) continue;
    for (const Entry& entry : *entries) {
      if (entry.type == FileType::link && entry.name != "module")
        users.push_back({module.name, "device", utf8_text(driver.name + " " + entry.name)});
    }
  }
}

Result<void> add_mounts(const Root& root, const ModuleFinder& finder,
                        std::vector<ModuleUser>& users) {
  const auto text = root.read("/proc/self/mountinfo", table_limit);
  if (!text) return std::unexpected(text.error());
  for (const Mount& mount : parse_mountinfo(*text)) {
    const std::string_view type = std::string_view(mount.type).substr(0, mount.type.find('.'));
    for (const std::string& module : finder.find("fs-", type))
      users.push_back({module, "mount", mount.mount_point});
  }
  return {};
}

Result<void> add_interfaces(const Root& root, const ModuleFinder& finder,
                            std::vector<ModuleUser>& users) {
  if (!root.is_running_system()) return {};
  const auto links = live_links();
  if (!links) return std::unexpected(links.error());
  for (const LinkKind& link : *links) {
    for (const std::string& module : finder.find("rtnl-link-", link.kind))
      users.push_back({module, "interface", link.interface});
  }
  return {};
}

/// A kernel without networking or cryptography has no such table, and nothing held by it.
bool is_missing(const Root& root, std::string_view path, const Result<std::string>& text) {
  return !text && is_absent(root, path, text.error());
}

Result<void> add_protocols(const Root& root, const ModuleFinder& finder,
                           std::vector<ModuleUser>& users) {
  constexpr std::string_view path = "/proc/self/net/protocols";
  const auto text = root.read(path, table_limit);
  if (is_missing(root, path, text)) return {};
  if (!text) return std::unexpected(text.error());
  for (const NetProtocol& protocol : parse_net_protocols(*text)) {
    if (protocol.sockets > 0 && finder.is_asked(protocol.module))
      users.push_back({protocol.module, "protocol", protocol.name});
  }
  return {};
}

/// An algorithm has one reference for being registered; more mean that it is in use.
Result<void> add_algorithms(const Root& root, const ModuleFinder& finder,
                            std::vector<ModuleUser>& users) {
  constexpr std::string_view path = "/proc/crypto";
  const auto text = root.read(path, table_limit);
  if (is_missing(root, path, text)) return {};
  if (!text) return std::unexpected(text.error());
  for (const CryptoAlgorithm& algorithm : parse_crypto_algorithms(*text)) {
    if (algorithm.refcount > 1 && finder.is_asked(algorithm.module))
      users.push_back({algorithm.module, "algorithm", algorithm.driver});
  }
  return {};
}

}  // namespace

Seen<std::vector<ModuleUser>> collect_users(const Root& root,
                                            const std::vector<LoadedModule>& loaded,
                                            const std::vector<LoadedModule>& asked,
                                            const Seen<std::vector<ModuleFile>>& files) {
  if (!files) return std::unexpected(files.error());
  if (const auto sysfs = root.list("/sys/module"); !sysfs) return std::unexpected(sysfs.error());
  ModuleFinder finder(loaded, asked, *files);
  std::vector<ModuleUser> users;
  for (const LoadedModule& module : asked) add_bound_devices(root, module, users);
  const auto mounts = add_mounts(root, finder, users);
  const auto interfaces = add_interfaces(root, finder, users);
  const auto protocols = add_protocols(root, finder, users);
  const auto algorithms = add_algorithms(root, finder, users);
  for (const Result<void>* part : {&mounts, &interfaces, &protocols, &algorithms}) {
    if (!*part) return std::unexpected(part->error());
  }
  return users;
}

}  // namespace kmodsec
