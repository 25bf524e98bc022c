// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/boot_command_lines.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "format/kernel/kernel_command_line.hpp"
#include "format/loading/kernel_load_parameters.hpp"

namespace kmodsec {
namespace {

using Names = std::vector<std::string>;

/// Those that every one of the lists has, in the order of the first.
Names in_all(const std::vector<const Names*>& lists) {
  std::map<std::string_view, std::size_t> counts;
  for (const Names* list : lists) {
    for (const std::string_view name : std::set<std::string_view>(list->begin(), list->end()))
      ++counts[name];
  }
  Names common = *lists.front();
  std::erase_if(common, [&](const std::string& name) { return counts.at(name) < lists.size(); });
  return common;
}

KernelLoadParameters parameters_of_all(const std::vector<LoadConfig>& alternatives) {
  std::vector<const Names*> modules;
  std::vector<const Names*> functions;
  for (const LoadConfig& config : alternatives) {
    modules.push_back(&config.kernel.module_blacklist);
    functions.push_back(&config.kernel.initcall_blacklist);
  }
  KernelLoadParameters all = alternatives.front().kernel;
  all.module_blacklist = in_all(modules);
  all.initcall_blacklist = in_all(functions);
  all.nomodule = std::ranges::all_of(
      alternatives, [](const LoadConfig& config) { return config.kernel.nomodule; });
  return all;
}

/// How many of them have a blacklist line for each name.
std::map<std::string, std::size_t> count_denials(const std::vector<LoadConfig>& alternatives) {
  std::map<std::string, std::size_t> counts;
  for (const LoadConfig& config : alternatives) {
    std::set<std::string> names;
    for (const ConfigLine& line : config.lines)
      if (line.directive == Directive::blacklist) names.insert(line.name);
    for (const std::string& name : names) ++counts[name];
  }
  return counts;
}

}  // namespace

LoadConfig load_config_of_any(std::vector<LoadConfig> alternatives) {
  if (alternatives.empty()) return {};
  LoadConfig any;
  any.kernel = parameters_of_all(alternatives);
  const auto denials = count_denials(alternatives);
  std::set<std::tuple<Directive, std::string, std::string>> known_lines;
  std::set<std::pair<std::string, bool>> known_requests;
  for (LoadConfig& config : alternatives) {
    for (ConfigLine& line : config.lines) {
      if (line.directive == Directive::blacklist && denials.at(line.name) < alternatives.size())
        continue;
      if (known_lines.emplace(line.directive, line.name, line.argument).second)
        any.lines.push_back(std::move(line));
    }
    for (LoadRequest& request : config.at_boot)
      if (known_requests.emplace(request.name, request.past_blacklist).second)
        any.at_boot.push_back(std::move(request));
    std::ranges::move(config.problems, std::back_inserter(any.problems));
    std::ranges::move(config.idle_denies, std::back_inserter(any.idle_denies));
    std::ranges::move(config.unseen, std::back_inserter(any.unseen));
  }
  return any;
}

LoadConfig load_config_of_command_lines(const std::vector<BootCommandLine>& lines,
                                        bool others_may_boot_it) {
  std::vector<LoadConfig> alternatives;
  for (const BootCommandLine& line : lines) {
    LoadConfig config = parse_kernel_load_parameters(line.text, line.source);
    for (ConfigLine& one : config.lines) one.line = line.line;
    for (LoadRequest& request : config.at_boot) request.line = line.line;
    config.kernel.source = line.source;
    config.kernel.line = line.line;
    alternatives.push_back(std::move(config));
  }
  if (others_may_boot_it) alternatives.emplace_back();
  return load_config_of_any(std::move(alternatives));
}

std::vector<std::string> initrds_on_command_line(const std::string& text) {
  std::vector<std::string> paths;
  for (KernelParameter& parameter : parse_kernel_command_line(text)) {
    if (parameter.key != "initrd" || parameter.value.empty()) continue;
    std::ranges::replace(parameter.value, '\\', '/');
    const bool is_address = parameter.value.starts_with("0x");
    if (is_address) continue;
    for (const std::string_view path : split(parameter.value, ',')) paths.emplace_back(path);
  }
  return paths;
}

}  // namespace kmodsec
