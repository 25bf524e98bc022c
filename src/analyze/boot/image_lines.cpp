// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/boot/image_lines.hpp"

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "analyze/host/owned_paths.hpp"
#include "analyze/loading/install_command.hpp"
#include "analyze/loading/judge_config.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

/// What two lines have in common that say the same: directive, name, and the words behind it.
using Meaning = std::tuple<Directive, std::string, std::string>;
using Meanings = std::set<Meaning>;
using Lines = std::vector<const ConfigLine*>;

Meaning meaning_of(const ConfigLine& line) {
  if (is_install_deny(line)) return {line.directive, line.name, "deny"};
  std::string words;
  for (const std::string_view word : split_words(line.argument)) words.append(word).append(" ");
  return {line.directive, line.name, std::move(words)};
}

Meanings meanings_of(const Lines& lines) {
  Meanings meanings;
  for (const ConfigLine* line : lines) meanings.insert(meaning_of(*line));
  return meanings;
}

bool is_of_modprobe_folder(const ConfigLine& line) { return line.source.contains("/modprobe.d/"); }

bool is_of_image(const ConfigLine& line, const InitramfsImage& image) {
  return line.source.starts_with(image.path + ":") && is_of_modprobe_folder(line);
}

Lines lines_of_image(const InitramfsImage& image) {
  return lines_that(image.load, [&](const ConfigLine& line) { return is_of_image(line, image); });
}

Lines lines_of_host(const LoadConfig& host, bool without_own_denies) {
  return lines_that(host, [&](const ConfigLine& line) {
    return is_of_modprobe_folder(line) && !line.source.starts_with("/run/") &&
           !(without_own_denies && line.source == deny_file_path);
  });
}

/// Lines that run a command are judged apart.
std::optional<LineSort> sort_of(const ConfigLine& line) {
  switch (line.directive) {
    case Directive::blacklist: return LineSort::deny;
    case Directive::install:
      return is_install_deny(line) ? std::optional(LineSort::deny) : std::nullopt;
    case Directive::options: return LineSort::options;
    case Directive::alias: return LineSort::alias;
    case Directive::softdep:
    case Directive::weakdep: return LineSort::softdep;
    case Directive::remove: break;
  }
  return std::nullopt;
}

/// busybox reads neither install nor softdep lines (busybox: modutils/modprobe.c); udev and systemd
/// go by libkmod's rules, where it is in the image.
bool is_read_in(const InitramfsImage& image, Directive directive) {
  const ModuleLoader& loader = image.load.loader;
  if (loader.libkmod || loader.kind == LoaderKind::kmod) return true;
  const bool knows = directive == Directive::alias || directive == Directive::options ||
                     directive == Directive::blacklist;
  return loader.kind == LoaderKind::busybox && knows;
}

class Differences {
 public:
  explicit Differences(const InitramfsImage& image) : image_(image) {
    for (const ImageModule& module : image.modules) held_.insert(module.name);
  }

  /// Those of `lines` that say what none of the `others` says.
  void add(const Lines& lines, const Meanings& others, Lines LineDifference::* side) {
    for (const ConfigLine* line : lines) {
      const auto sort = sort_of(*line);
      const std::string* module = held_module_of(*line);
      const bool concerns = sort && module != nullptr && is_read_in(image_, line->directive);
      if (concerns && !others.contains(meaning_of(*line)))
        (found_[{*module, *sort}].*side).push_back(line);
    }
  }

  std::vector<LineDifference> take() {
    std::vector<LineDifference> differences;
    for (auto& [key, difference] : found_) {
      std::tie(difference.module, difference.sort) = key;
      differences.push_back(std::move(difference));
    }
    return differences;
  }

 private:
  /// The one that the line is about, or, of an alias, the one that it leads to.
  const std::string* held_module_of(const ConfigLine& line) const {
    if (held_.contains(line.name)) return &line.name;
    const bool leads_to_one = line.directive == Directive::alias && held_.contains(line.argument);
    return leads_to_one ? &line.argument : nullptr;
  }

  const InitramfsImage& image_;
  std::set<std::string> held_;
  std::map<std::pair<std::string, LineSort>, LineDifference> found_;
};

bool runs_a_command(const ConfigLine& line, const InitramfsImage& image) {
  if (line.directive != Directive::install || !is_read_in(image, line.directive)) return false;
  if (is_unblacklist_of_suse(line)) return false;
  const CommandEffect effect = outcome_of_command(line, image.load.programs).effect;
  return effect == CommandEffect::unknown || effect == CommandEffect::loads;
}

}  // namespace

std::vector<LineDifference> line_differences(const LoadConfig& host, const InitramfsImage& image,
                                             bool without_own_denies) {
  const Lines there = lines_of_image(image);
  const Lines here = lines_of_host(host, without_own_denies);
  Differences differences(image);
  differences.add(here, meanings_of(there), &LineDifference::of_host);
  differences.add(there, meanings_of(lines_of_host(host, false)), &LineDifference::of_image);
  return differences.take();
}

std::vector<const ConfigLine*> command_lines_of_image_alone(const LoadConfig& host,
                                                            const InitramfsImage& image) {
  const Meanings known = meanings_of(lines_of_host(host, false));
  return lines_that(image.load, [&](const ConfigLine& line) {
    return is_of_image(line, image) && runs_a_command(line, image) &&
           !known.contains(meaning_of(line));
  });
}

}  // namespace kmodsec
