// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/tree_load_config.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view running_line = "/proc/cmdline";

bool entries_decide(const ModuleTree& tree) {
  return tree.boot && !tree.boot->runs && !tree.boot->command_lines.empty();
}

template <class T>
void replace(std::vector<T>& all, const std::vector<T>& of_entries) {
  std::erase_if(all, [](const T& one) { return one.source == running_line; });
  std::ranges::copy(of_entries, std::back_inserter(all));
}

/// What a command line says of modules, in its own words, and where it stands.
using Parameters = std::map<std::string, std::pair<std::string, std::size_t>>;

Parameters parameters_in(const LoadConfig& config, bool only_of_running_line) {
  Parameters found;
  const auto counts = [&](const std::string& source) {
    return !only_of_running_line || source == running_line;
  };
  for (const ConfigLine& line : config.lines) {
    if (line.directive == Directive::blacklist && counts(line.source))
      found.try_emplace("modprobe.blacklist=" + line.name, line.source, line.line);
  }
  for (const LoadRequest& request : config.at_boot) {
    if (counts(request.source))
      found.try_emplace("modules_load=" + request.name, request.source, request.line);
  }
  const KernelLoadParameters& kernel = config.kernel;
  const std::string source = kernel.source.empty() ? std::string(running_line) : kernel.source;
  for (const std::string& name : kernel.module_blacklist)
    found.try_emplace("module_blacklist=" + name, source, kernel.line);
  if (kernel.nomodule) found.try_emplace("nomodule", source, kernel.line);
  return found;
}

}  // namespace

LoadConfig load_config_of_tree(const LoadConfig& host, const ModuleTree& tree) {
  LoadConfig config = host;
  if (!entries_decide(tree)) return config;
  const LoadConfig& entries = tree.boot->load;
  replace(config.lines, entries.lines);
  replace(config.at_boot, entries.at_boot);
  replace(config.problems, entries.problems);
  replace(config.idle_denies, entries.idle_denies);
  config.kernel = entries.kernel;
  return config;
}

const KernelLoadParameters& kernel_parameters_of_tree(const LoadConfig& host,
                                                      const ModuleTree& tree) {
  return entries_decide(tree) ? tree.boot->load.kernel : host.kernel;
}

std::vector<Unseen> unseen_command_lines(const ModuleTree& tree) {
  if (!tree.boot) return {unseen_because(tree.boot.error())};
  return tree.boot->runs ? std::vector<Unseen>{} : tree.boot->load.unseen;
}

std::vector<PendingParameter> pending_parameters(const LoadConfig& host, const ModuleTree& tree) {
  if (!tree.boot || !tree.boot->runs || tree.boot->command_lines.empty()) return {};
  const Parameters now = parameters_in(host, true);
  const Parameters later = parameters_in(tree.boot->load, false);
  std::vector<PendingParameter> pending;
  for (const auto& [text, place] : later) {
    if (!now.contains(text))
      pending.push_back({tree.release, text, place.first, place.second, true});
  }
  const BootCommandLine& entry = tree.boot->command_lines.front();
  for (const auto& [text, place] : now) {
    if (!later.contains(text))
      pending.push_back({tree.release, text, entry.source, entry.line, false});
  }
  return pending;
}

}  // namespace kmodsec
