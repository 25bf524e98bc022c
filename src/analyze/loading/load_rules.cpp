// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/load_rules.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view softdep_file = "modules.softdep";
constexpr std::string_view weakdep_file = "modules.weakdep";
constexpr std::uint32_t newest_kmod = 34;
constexpr std::uint32_t kmod_before_weakdeps = 32;

bool is_of_folder(const ConfigLine& line) { return line.source.contains("/modprobe.d/"); }

bool is_of_alias_file(const ConfigLine& line) {
  return is_of_folder(line) && line.source.ends_with(".alias");
}

bool is_of_weakdeps(const ConfigLine& line) { return file_name(line.source) == weakdep_file; }

bool is_read_before(const ConfigLine& line, std::string_view name) {
  return is_of_folder(line) && file_name(line.source) < name;
}

ConfigLine line_of(const SoftDependency& softdep, const ModuleTree& tree) {
  std::string argument;
  if (!softdep.pre.empty()) argument += " pre: " + join(softdep.pre, " ");
  if (!softdep.post.empty()) argument += " post: " + join(softdep.post, " ");
  return {.directive = Directive::softdep,
          .name = softdep.module,
          .argument = argument,
          .pre = softdep.pre,
          .post = softdep.post,
          .text = "softdep " + softdep.module + argument,
          .source = tree.folder + "/" + std::string(softdep_file),
          .line = softdep.line};
}

/// Whether releases of kmod differ in what they read here.
bool depends_on_version(const LoadConfig& config, const ModuleTree& tree) {
  return std::ranges::any_of(config.lines, is_of_alias_file) ||
         std::ranges::any_of(tree.index_lines, is_of_weakdeps);
}

bool is_busybox(LoaderKind kind) {
  return kind == LoaderKind::busybox || kind == LoaderKind::busybox_small;
}

/// Of what is not in a file of modprobe.d: the kernel's command line.
std::vector<ConfigLine> busybox_lines(const LoadConfig& config) {
  std::vector<ConfigLine> lines = config.busybox_lines;
  for (const ConfigLine& line : config.lines) {
    const bool is_known =
        line.directive == Directive::blacklist || line.directive == Directive::options;
    if (is_of_folder(line) || !is_known) continue;
    lines.push_back(line);
    lines.back().name = busybox_name(line.name);
  }
  if (!config.loader.knows_blacklist)
    std::erase_if(lines,
                  [](const ConfigLine& line) { return line.directive == Directive::blacklist; });
  return lines;
}

}  // namespace

LoadRules rules_of(const ModuleLoader& loader) {
  if (is_busybox(loader.kind)) return {loader.kind, 0};
  return {LoaderKind::kmod, loader.version == 0 ? newest_kmod : loader.version};
}

std::vector<LoadRules> other_rules(const LoadConfig& config, const ModuleTree& tree) {
  std::vector<LoadRules> rules;
  const ModuleLoader& loader = config.loader;
  const std::uint32_t version = loader.version == 0 ? newest_kmod : loader.version;
  if (is_busybox(loader.kind) && loader.libkmod) rules.push_back({LoaderKind::kmod, version});
  const bool uses_kmod = !is_busybox(loader.kind) || loader.libkmod;
  if (uses_kmod && loader.version == 0 && depends_on_version(config, tree))
    rules.push_back({LoaderKind::kmod, kmod_before_weakdeps});
  return rules;
}

const LoaderSetting* other_loader_at_boot(const LoadConfig& config) {
  constexpr std::string_view usual = "/sbin/modprobe", same = "/usr/sbin/modprobe";
  if (config.loader_settings.empty()) return nullptr;
  const LoaderSetting& last = config.loader_settings.back();
  const auto is_usual = [&](std::string_view path) { return path == usual || path == same; };
  const bool is_same =
      last.path == config.loader.path || (is_usual(last.path) && is_usual(config.loader.path));
  return is_same ? nullptr : &last;
}

const EnvironmentLine* first_past_denies(const LoadConfig& config) {
  const auto line = std::ranges::find_if(config.environment, &EnvironmentLine::past_denies);
  return line == config.environment.end() ? nullptr : &*line;
}

std::vector<std::string> assumptions_of(const LoadConfig& config, const ModuleTree& tree) {
  const ModuleLoader& loader = config.loader;
  std::vector<std::string> assumed = loader.assumed;
  if (is_busybox(loader.kind) && loader.libkmod)
    assumed.push_back(fmt::format(
        "the kernel runs {} of busybox, and udev and systemd load by libkmod: both were "
        "tried, and the easier way in counts",
        loader.path));
  if (loader.kind == LoaderKind::other)
    assumed.push_back(fmt::format(
        "the kernel runs {}, whose rules are not known; for all others those of kmod were taken",
        loader.path));
  if (const LoaderSetting* setting = other_loader_at_boot(config))
    assumed.push_back(
        fmt::format("the kernel runs {}, which {}:{} changes to \"{}\" when the host "
                    "starts: from then on that program answers it",
                    loader.path.empty() ? "nothing" : loader.path, setting->source, setting->line,
                    setting->path));
  if (const EnvironmentLine* line = first_past_denies(config))
    assumed.push_back(fmt::format(
        "no modprobe is started with the MODPROBE_OPTIONS of {}:{}, which pass over what "
        "modprobe.d "
        "denies: the kernel, udev and systemd-modules-load do not read it, and units that the boot "
        "starts were followed with what is set for them",
        line->source, line->line));
  const bool hangs_on_version = loader.kind == LoaderKind::kmod && loader.version == 0;
  if (hangs_on_version && depends_on_version(config, tree))
    assumed.emplace_back(
        "the version of kmod is not known: files named *.alias count up to 32, modules.weakdep "
        "from "
        "33 on; both were tried, and the easier way in counts");
  return assumed;
}

std::vector<ConfigLine> lines_in_order(const LoadConfig& config, const ModuleTree& tree,
                                       const LoadRules& rules) {
  if (rules.reader == LoaderKind::busybox) return busybox_lines(config);
  if (rules.reader == LoaderKind::busybox_small) return {};
  std::vector<ConfigLine> lines;
  const auto add_index = [&](bool of_weakdeps) {
    std::ranges::copy_if(tree.index_lines, std::back_inserter(lines), [&](const ConfigLine& line) {
      return is_of_weakdeps(line) == of_weakdeps;
    });
  };
  auto next = config.lines.begin();
  const auto add_before = [&](std::string_view name) {
    const auto end = std::find_if_not(next, config.lines.end(), [&](const ConfigLine& line) {
      return is_read_before(line, name);
    });
    lines.insert(lines.end(), next, end);
    next = end;
  };
  add_before(softdep_file);
  if (tree.softdeps) {
    for (const SoftDependency& softdep : *tree.softdeps) lines.push_back(line_of(softdep, tree));
  }
  add_index(false);
  add_before(weakdep_file);
  if (rules.kmod >= first_kmod_with_weakdeps) add_index(true);
  lines.insert(lines.end(), next, config.lines.end());
  if (rules.kmod >= first_kmod_without_alias_files) std::erase_if(lines, is_of_alias_file);
  return lines;
}

}  // namespace kmodsec
