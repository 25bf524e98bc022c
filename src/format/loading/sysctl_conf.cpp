// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/sysctl_conf.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "format/kernel/kernel_command_line.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view loader_key = "kernel.modprobe";

/// With wildcards: whether what stands before the first and behind the last one fits.
bool names_loader(std::string_view key) {
  std::string name(trim(key));
  std::ranges::replace(name, '/', '.');
  const std::size_t first = name.find_first_of("*?[");
  if (first == std::string::npos) return name == loader_key;
  const std::size_t last = name.find_last_of("*?]");
  return loader_key.starts_with(name.substr(0, first)) &&
         (last == std::string::npos || loader_key.ends_with(name.substr(last + 1)));
}

}  // namespace

std::vector<LoaderSetting> parse_loader_settings(std::string_view text, const std::string& source) {
  std::vector<LoaderSetting> settings;
  for_each_line(text, [&](std::string_view raw, std::size_t number) {
    std::string_view line = trim(raw);
    if (line.starts_with('#') || line.starts_with(';')) return;
    if (line.starts_with('-')) line.remove_prefix(1);
    const std::size_t equals = line.find('=');
    const std::string_view key = line.substr(0, equals);
    if (equals == std::string_view::npos || !names_loader(key)) return;
    settings.push_back({.path = utf8_text(trim(line.substr(equals + 1))),
                        .source = source,
                        .line = number,
                        .by_pattern = key.find_first_of("*?[") != std::string_view::npos});
  });
  return settings;
}

std::vector<LoaderSetting> loader_settings_of_kernel(std::string_view command_line,
                                                     const std::string& source) {
  constexpr std::string_view prefix = "sysctl.";
  std::vector<LoaderSetting> settings;
  for (const KernelParameter& parameter : parse_kernel_command_line(command_line)) {
    const std::string_view key = parameter.key;
    if (!parameter.for_init && key.starts_with(prefix) && names_loader(key.substr(prefix.size())))
      settings.push_back({utf8_text(parameter.value), source, 1});
  }
  return settings;
}

}  // namespace kmodsec
