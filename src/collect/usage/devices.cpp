// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/devices.hpp"

#include <map>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "format/usage/uevent.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view devices_folder = "/sys/devices";
constexpr std::string_view buses_folder = "/sys/bus";
constexpr std::size_t uevent_limit = 64UL * 1024;
constexpr std::size_t longest_path = 4096;

class DeviceFinder {
 public:
  explicit DeviceFinder(const Root& root) : root_(root) {}

  /// Every device below a folder of /sys/devices.
  Result<void> find_below(const std::string& top) {
    std::vector<std::string> pending = {top};
    while (!pending.empty()) {
      const std::string folder = std::move(pending.back());
      pending.pop_back();
      if (auto looked = look_into(folder, pending); !looked) return looked;
    }
    return {};
  }

  /// What the bus lists, which a captured tree may have without /sys/devices.
  Result<void> find_on(const std::string& bus) {
    const std::string folder = bus + "/devices";
    const auto entries = root_.list(folder);
    if (!entries) return unless_gone(folder, entries.error());
    for (const Entry& entry : *entries) {
      if (auto added = add(folder + "/" + entry.name); !added) return added;
    }
    return {};
  }

  std::vector<Device> take() {
    std::vector<Device> devices;
    for (auto& [key, path] : found_) devices.push_back({key.first, std::move(path), key.second});
    return devices;
  }

 private:
  /// A device that was unplugged since its folder was listed is not there.
  Result<void> unless_gone(const std::string& folder, const Error& error) const {
    if (error.kind == ErrorKind::not_found) return {};
    const auto status = root_.status(folder);
    if (!status && status.error().kind == ErrorKind::not_found) return {};
    return std::unexpected(error);
  }

  Result<void> look_into(const std::string& folder, std::vector<std::string>& pending) {
    if (folder.size() >= longest_path)
      return failure(ErrorKind::too_large, utf8_text(folder.substr(0, 64)), "nested too deeply");
    const auto entries = root_.list(folder);
    if (!entries) return unless_gone(folder, entries.error());
    for (const Entry& entry : std::views::reverse(*entries)) {
      if (entry.type == FileType::directory) pending.push_back(folder + "/" + entry.name);
      if (entry.name != "uevent") continue;
      if (auto added = add(folder); !added) return added;
    }
    return {};
  }

  Result<void> add(const std::string& folder) {
    const auto text = root_.read(folder + "/uevent", uevent_limit);
    if (!text) return unless_gone(folder, text.error());
    Uevent uevent = parse_uevent(*text);
    if (uevent.alias.empty()) return {};
    std::string_view path = folder;
    path.remove_prefix(path.find('/', 1) + 1);
    if (path.starts_with("devices/")) path.remove_prefix(std::string_view("devices/").size());
    found_.try_emplace({std::move(uevent.alias), std::move(uevent.driver)}, utf8_text(path));
    if (found_.size() > most_devices)
      return failure(ErrorKind::too_large, std::string(devices_folder), "too many devices");
    return {};
  }

  const Root& root_;
  std::map<std::pair<std::string, std::string>, std::string> found_;  ///< Alias and driver to path.
};

}  // namespace

Seen<std::vector<Device>> collect_devices(const Root& root) {
  if (!has_kernel_state(root)) return std::vector<Device>{};
  if (const auto top = root.list(devices_folder); !top)
    return std::unexpected(why_not_seen(root, devices_folder, top.error()));
  if (const auto doubt = doubt_about_absence(root, "/sys/devices/."))
    return std::unexpected(*doubt);
  DeviceFinder finder(root);
  if (auto found = finder.find_below(std::string(devices_folder)); !found)
    return std::unexpected(found.error());
  const auto buses = root.list(buses_folder);
  if (!buses && buses.error().kind != ErrorKind::not_found) return std::unexpected(buses.error());
  for (const Entry& bus : buses.value_or(std::vector<Entry>{})) {
    if (auto found = finder.find_on(std::string(buses_folder) + "/" + bus.name); !found)
      return std::unexpected(found.error());
  }
  return finder.take();
}

}  // namespace kmodsec
