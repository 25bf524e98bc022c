// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modprobe_options.hpp"

#include <map>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "collect/paths.hpp"
#include "format/kernel_command_line.hpp"
#include "format/modprobe_conf.hpp"
#include "format/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 4UL * 1024 * 1024;
constexpr std::string_view command_line = "/proc/cmdline";

/// Highest precedence first (kmod: libkmod/libkmod.c, default_config_paths).
constexpr std::string_view folders[] = {"/etc/modprobe.d", "/run/modprobe.d",
                                        "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d",
                                        "/lib/modprobe.d"};

bool is_configuration(std::string_view name) {
  return name.size() >= 6 && name.ends_with(".conf") && !name.starts_with('.');
}

/// File name to path: the first folder that has a name decides, and names are read in their order.
Result<std::map<std::string, std::string>> configuration_files(const Root& root) {
  std::map<std::string, std::string> files;
  for (const std::string_view folder : folders) {
    const auto entries = root.list(folder);
    if (!entries && entries.error().kind == ErrorKind::not_found) continue;
    if (!entries) return std::unexpected(entries.error());
    for (const Entry& entry : *entries) {
      if (is_configuration(entry.name))
        files.try_emplace(entry.name, std::string(folder) + "/" + entry.name);
    }
  }
  return files;
}

/// A link to /dev/null masks the files of its name; a link to nothing is passed over by modprobe.
bool has_no_lines(const Error& error) {
  return error.kind == ErrorKind::unsupported || error.kind == ErrorKind::not_found;
}

/// "module.parameter=value" counts as an options line (kmod: libkmod/libkmod-config.c,
/// kmod_config_parse_kcmdline).
void add_command_line_options(std::string_view text, std::vector<OptionsLine>& options) {
  for (const KernelParameter& parameter : parse_kernel_command_line(text)) {
    const std::size_t dot = parameter.key.find('.');
    if (dot == std::string::npos || dot == 0 || parameter.key.starts_with("modprobe.")) continue;
    options.push_back({normalized_module_name(parameter.key.substr(0, dot)),
                       parameter.key.substr(dot + 1) + "=" + parameter.value,
                       std::string(command_line), 1});
  }
}

}  // namespace

Seen<std::vector<OptionsLine>> collect_modprobe_options(const Root& root) {
  const auto files = configuration_files(root);
  if (!files) return std::unexpected(files.error());
  std::vector<OptionsLine> options;
  for (const auto& [name, path] : *files) {
    const auto text = root.read(path, file_limit);
    if (!text && has_no_lines(text.error())) continue;
    if (!text) return std::unexpected(text.error());
    for (OptionsLine& line : options_of(parse_modprobe_conf(*text, utf8_text(path)).lines))
      options.push_back(std::move(line));
  }
  if (const auto text = root.read(command_line, file_limit))
    add_command_line_options(*text, options);
  return options;
}

}  // namespace kmodsec
