// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/loader_settings.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/limits.hpp"
#include "collect/loading/module_loader.hpp"
#include "collect/paths.hpp"
#include "format/loading/sysctl_conf.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view sysctl_conf = "/etc/sysctl.conf";

/// Highest precedence first (sysctl.d(5)).
constexpr std::array<std::string_view, 5> sysctl_folders = {"/etc/sysctl.d", "/run/sysctl.d",
                                                            "/usr/local/lib/sysctl.d",
                                                            "/usr/lib/sysctl.d", "/lib/sysctl.d"};

void append_settings(std::vector<LoaderSetting> found, LoadConfig& config) {
  std::ranges::move(found, std::back_inserter(config.loader_settings));
}

void read_settings(const Root& root, const std::string& path, LoadConfig& config) {
  const auto text = root.read(path, configuration_limit);
  if (text) {
    append_settings(parse_loader_settings(*text, utf8_text(path)), config);
  } else if (!has_no_lines(root, path, text.error())) {
    config.unseen.push_back(unread_because(path, text.error()));
  }
}

}  // namespace

std::vector<Unseen> add_loader_settings(const Root& root, std::string_view command_line,
                                        LoadConfig& config) {
  append_settings(loader_settings_of_kernel(command_line, "/proc/cmdline"), config);
  const auto of_kernel = static_cast<std::ptrdiff_t>(config.loader_settings.size());
  bool reads_sysctl_conf = false;
  auto files = configuration_files(root, sysctl_folders);
  if (!files) {
    config.unseen.push_back({files.error().subject, files.error().reason});
    return {};
  }
  for (const auto& [name, path] : files->read) {
    if (way_to(root, path).end.value_or("") == sysctl_conf) reads_sysctl_conf = true;
    read_settings(root, path, config);
  }
  std::ranges::stable_partition(config.loader_settings.begin() + of_kernel,
                                config.loader_settings.end(), std::identity(),
                                &LoaderSetting::by_pattern);
  if (!reads_sysctl_conf) read_settings(root, std::string(sysctl_conf), config);
  for (LoaderSetting& setting : config.loader_settings)
    setting.owners = owners_of_loader(root, setting.path);
  return std::move(files->unseen);
}

}  // namespace kmodsec
