// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel/kernel_config.hpp"

#include <vector>

#include "collect/host/folders.hpp"
#include "collect/unpack.hpp"
#include "format/kernel/kernel_config.hpp"

namespace kmodsec {

Seen<KernelConfig> collect_kernel_config(const Root& root, const std::string& release, bool live) {
  constexpr std::size_t limit = 4UL * 1024 * 1024;
  std::vector<std::string> places = {"/boot/config-" + release};
  for (const std::string_view folder : module_folders)
    places.push_back(std::string(folder) + "/" + release + "/config");
  if (live) places.insert(places.begin(), "/proc/config.gz");

  Error why{ErrorKind::not_found, places[live ? 1 : 0],
            "no copy of the kernel's build options was found"};
  for (const std::string& place : places) {
    const auto bytes = root.read(place, limit);
    if (!bytes) {
      if (bytes.error().kind != ErrorKind::not_found) why = bytes.error();
      continue;
    }
    const auto text = unpack_within(root.budget(), *bytes, limit);
    auto config = text ? parse_kernel_config(*text) : std::unexpected(text.error());
    if (config) return std::move(*config);
    why = Error{config.error().kind, place, config.error().reason};
  }
  return std::unexpected(why);
}

bool is_built_without(const Seen<KernelConfig>& config, const std::string& option) {
  if (!config) return false;
  const auto found = config->find(option);
  return found == config->end() || found->second == "n";
}

}  // namespace kmodsec
