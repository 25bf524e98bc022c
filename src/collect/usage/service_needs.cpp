// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/service_needs.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/limits.hpp"
#include "collect/usage/known_services.hpp"
#include "collect/usage/nft_files.hpp"
#include "format/usage/firewall_rules.hpp"
#include "format/usage/service_requests.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 4> program_folders = {"/usr/sbin", "/usr/bin", "/sbin",
                                                             "/bin"};
constexpr std::size_t most_files_of_folder = 4096;

/// Configuration of one kind: the files of a folder whose names begin and end so.
struct ServiceFiles {
  std::string_view folder;
  std::string_view start;
  std::string_view end;
  std::string_view what;  ///< "PATH …" in words.
  std::vector<std::string> (*requests)(std::string_view text);
};

constexpr auto service_files = std::to_array<ServiceFiles>({
    {"/etc", "nftables", ".conf", "has rules", requests_of_nftables},
    {"/etc/nftables", "", ".nft", "has rules", requests_of_nftables},
    {"/etc/nftables.d", "", "", "has rules", requests_of_nftables},
    {"/etc/sysconfig", "nftables", ".conf", "has rules", requests_of_nftables},
    {"/etc/iptables", "", "", "has rules", requests_of_iptables},
    {"/etc/sysconfig", "iptables", "", "has rules", requests_of_iptables},
    {"/etc/sysconfig", "ip6tables", "", "has rules", requests_of_iptables},
    {"/etc/ufw", "", ".rules", "has rules", requests_of_iptables},
    {"/etc/systemd/network", "", ".netdev", "makes such a device", requests_of_netdev},
    {"/run/systemd/network", "", ".netdev", "makes such a device", requests_of_netdev},
    {"/etc/NetworkManager/system-connections", "", "", "makes such a device",
     requests_of_connection},
    {"/etc/netplan", "", ".yaml", "makes such a device", requests_of_netplan},
    {"/etc/network", "interfaces", "", "makes such a device", requests_of_interfaces},
    {"/etc/network/interfaces.d", "", "", "makes such a device", requests_of_interfaces},
    {"/etc/systemd/system", "", ".mount", "mounts it", requests_of_mount_unit},
    {"/etc", "auto.", "", "mounts it", requests_of_automount_map},
    {"/etc/auto.master.d", "", ".autofs", "mounts it", requests_of_automount_map},
    {"/etc", "exports", "", "exports folders", requests_of_exports},
    {"/etc/exports.d", "", ".exports", "exports folders", requests_of_exports},
    {"/etc", "sysctl.conf", "", "sets it", requests_of_sysctl},
    {"/etc/sysctl.d", "", ".conf", "sets it", requests_of_sysctl},
    {"/usr/lib/sysctl.d", "", ".conf", "sets it", requests_of_sysctl},
});

class ServiceNeeds {
 public:
  explicit ServiceNeeds(const Root& root) : root_(root), nft_files_(root) {}

  Result<void> add_programs() {
    std::map<std::string, std::string> paths;
    for (const std::string_view folder : program_folders) {
      const auto entries = entries_of(folder);
      if (!entries) return std::unexpected(entries.error());
      for (const Entry& entry : *entries)
        paths.try_emplace(entry.name, fmt::format("{}/{}", folder, entry.name));
    }
    for (const KnownService& service : known_services()) {
      const auto path = paths.find(std::string(service.program));
      if (path == paths.end()) continue;
      for (const std::string& request : requests_of(service))
        needs_.try_emplace(request, fmt::format("{} is installed", path->second));
    }
    return {};
  }

  Result<void> add_files(const ServiceFiles& files) {
    const auto entries = entries_of(files.folder);
    if (!entries) return std::unexpected(entries.error());
    std::size_t count = 0;
    for (const Entry& entry : *entries) {
      const bool is_one = entry.type != FileType::directory &&
                          entry.name.starts_with(files.start) && entry.name.ends_with(files.end);
      if (!is_one) continue;
      if (++count > most_files_of_folder)
        return failure(ErrorKind::too_large, std::string(files.folder), "too many files");
      if (auto added = add_file(fmt::format("{}/{}", files.folder, entry.name), files); !added)
        return added;
    }
    return {};
  }

  std::vector<BootNeed> take() {
    std::vector<BootNeed> needs;
    for (auto& [request, why] : needs_) needs.push_back({request, std::move(why)});
    return needs;
  }

 private:
  Result<std::vector<Entry>> entries_of(std::string_view folder) const {
    auto entries = root_.list(folder);
    if (!entries && is_absent(root_, folder, entries.error())) return std::vector<Entry>{};
    return entries;
  }

  /// A link that leads nowhere, or to a folder or device, is no configuration.
  bool is_file(const std::string& path) const {
    const auto status = root_.status(path);
    return status ? status->type == FileType::regular : status.error().kind != ErrorKind::not_found;
  }

  Result<void> add_file(const std::string& path, const ServiceFiles& files) {
    if (!is_file(path)) return {};
    const bool is_for_nft = files.requests == requests_of_nftables;
    const auto text = is_for_nft ? nft_files_.text_of(path) : root_.read(path, configuration_limit);
    if (!text) return std::unexpected(text.error());
    for (const std::string& request : files.requests(*text))
      needs_.try_emplace(utf8_text(request), fmt::format("{} {}", utf8_text(path), files.what));
    return {};
  }

  const Root& root_;
  NftFiles nft_files_;
  std::map<std::string, std::string> needs_;  ///< Request to why.
};

}  // namespace

Seen<std::vector<BootNeed>> collect_service_needs(const Root& root) {
  ServiceNeeds needs(root);
  if (auto added = needs.add_programs(); !added) return std::unexpected(added.error());
  for (const ServiceFiles& files : service_files) {
    if (auto added = needs.add_files(files); !added) return std::unexpected(added.error());
  }
  return needs.take();
}

}  // namespace kmodsec
