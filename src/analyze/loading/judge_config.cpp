// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/judge_config.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "analyze/host/owned_paths.hpp"
#include "analyze/judge.hpp"
#include "analyze/loading/autoload.hpp"
#include "analyze/loading/install_command.hpp"
#include "analyze/loading/tree_load_config.hpp"
#include "analyze/modules/second_folder.hpp"
#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/loading/deny_programs.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 3> local_folders = {"/etc/", "/run/", "/usr/local/"};

/// Each once, in the order in which they came.
void leave_out_repeated(std::vector<Evidence>& pieces) {
  std::set<std::tuple<std::string, std::optional<std::size_t>, std::string>> known;
  std::erase_if(pieces, [&](const Evidence& piece) {
    return !known.emplace(piece.source, piece.line, piece.value).second;
  });
}

bool indexes_were_seen(const ModuleTree& tree, std::vector<Unseen>& unseen) {
  const std::size_t before = unseen.size();
  const auto note = [&](const auto& index) {
    if (!index) unseen.push_back(unseen_because(index.error()));
  };
  note(index_in_use(tree));
  note(aliases_in_use(tree));
  note(tree.softdeps);
  note(tree.builtin);
  const bool were_seen = unseen.size() == before;
  note_second_folder(tree, unseen);
  return were_seen;
}

bool modprobe_reads(std::string_view path) {
  return path == "/proc/cmdline" || path.find("/modprobe.d/") != std::string_view::npos;
}

bool sets_loader(std::string_view path) { return path.contains("/sysctl"); }

std::vector<Unseen> unseen_of(const Facts& facts,
                              const std::function<bool(const Unseen& gap)>& concerns) {
  std::vector<Unseen> unseen = unseen_files(facts, &MaskedPaths::configuration);
  if (facts.load) std::ranges::copy_if(facts.load->unseen, std::back_inserter(unseen), concerns);
  return unseen;
}

}  // namespace

bool is_install_deny(const ConfigLine& line) {
  return line.directive == Directive::install &&
         effect_of_command(line.argument) != CommandEffect::unknown;
}

bool is_deny(const ConfigLine& line) {
  return line.directive == Directive::blacklist || is_install_deny(line);
}

bool is_local_deny(const ConfigLine& line) {
  return is_deny(line) && line.source != deny_file_path &&
         std::ranges::any_of(local_folders, [&](std::string_view folder) {
           return line.source.starts_with(folder);
         });
}

bool is_pattern(const ConfigLine& line) {
  return line.name.find_first_of("*?[") != std::string::npos;
}

std::string written_name(const ConfigLine& line) {
  for (const std::string_view word : split_words(line.text)) {
    if (normalized_pattern(word) == line.name) return std::string(word);
  }
  return line.name;
}

std::string shown_name(const ConfigLine& line) {
  constexpr unsigned any_series = 0;
  std::string written = written_name(line);
  const bool is_alias = written.contains(':') || autoload_of_alias(written, any_series);
  return is_alias ? written : line.name;
}

Evidence evidence_of(const ConfigLine& line) {
  return {line.source, line.line, shortened(line.text)};
}

std::vector<Unseen> unseen_configuration(const Facts& facts) {
  std::vector<Unseen> unseen = unseen_of(facts, [&](const Unseen& gap) {
    return modprobe_reads(gap.what) || gap.what == facts.load->loader.path;
  });
  if (facts.load) std::ranges::copy(facts.load->extensions, std::back_inserter(unseen));
  return unseen;
}

std::vector<Unseen> unseen_environment(const Facts& facts) {
  return unseen_of(facts, [&](const Unseen& gap) {
    return !modprobe_reads(gap.what) && !sets_loader(gap.what) &&
           gap.what != facts.load->loader.path;
  });
}

std::vector<Unseen> unseen_loader_settings(const Facts& facts) {
  return unseen_of(facts, [](const Unseen& gap) { return sets_loader(gap.what); });
}

std::vector<const ConfigLine*> lines_that(const LoadConfig& config, const PickLine& concerns) {
  std::vector<const ConfigLine*> lines;
  for (const ConfigLine& line : config.lines) {
    if (concerns(line)) lines.push_back(&line);
  }
  return lines;
}

std::vector<StartedProgram> started_programs(const LoadConfig& config) {
  std::map<std::string_view, StartedProgram> by_word;
  for (const InstallProgram& program : config.programs) {
    if (!is_shell_word(program.word)) by_word[program.word].program = &program;
  }
  for (const ConfigLine& line : config.lines) {
    if (line.directive != Directive::install && line.directive != Directive::remove) continue;
    const auto started = by_word.find(program_of_command(line.argument));
    if (started == by_word.end()) continue;
    started->second.lines.push_back(&line);
    if (effect_of_command(line.argument) != CommandEffect::unknown ||
        is_shipped_deny_program(started->first))
      started->second.is_to_deny = true;
  }
  std::vector<StartedProgram> programs;
  for (auto& [word, started] : by_word) {
    if (!started.lines.empty()) programs.push_back(std::move(started));
  }
  return programs;
}

std::string places_of(const StartedProgram& started) {
  const ConfigLine& first = *started.lines.front();
  const std::size_t others = started.lines.size() - 1;
  std::string places = fmt::format("{}:{}", first.source, first.line);
  if (others > 0) places += fmt::format(" and {} more line{}", others, others == 1 ? "" : "s");
  return places;
}

std::optional<std::string> why_no_modules(const Facts& facts) {
  if (lacks_module_support(facts)) return std::string(no_module_support);
  if (facts.trees.empty() && unseen_kernels(facts).empty()) return "no kernel is installed";
  return std::nullopt;
}

std::vector<Unseen> unseen_kernels(const Facts& facts) {
  std::vector<Unseen> unseen = unseen_files(facts, &MaskedPaths::modules);
  if (!facts.installed) unseen.push_back(unseen_because(facts.installed.error()));
  return unseen;
}

std::vector<const ModuleTree*> indexed_trees(const Facts& facts, std::vector<Unseen>& unseen) {
  std::vector<const ModuleTree*> trees;
  for (const ModuleTree& tree : facts.trees) {
    if (indexes_were_seen(tree, unseen)) trees.push_back(&tree);
  }
  const Seen<bool>& supported = facts.kernel.modules_supported;
  if (facts.live && !supported) unseen.push_back(unseen_because(supported.error()));
  std::ranges::stable_sort(trees, {}, &ModuleTree::release);
  std::ranges::copy(unseen_kernels(facts), std::back_inserter(unseen));
  return trees;
}

std::vector<Unseen> unseen_load_paths(const Facts& facts) {
  std::vector<Unseen> unseen = unseen_configuration(facts);
  indexed_trees(facts, unseen);
  for (const ModuleTree& tree : facts.trees)
    std::ranges::copy(unseen_command_lines(tree), std::back_inserter(unseen));
  return unseen;
}

std::optional<std::vector<const ModuleTree*>> all_kernels(const Facts& facts,
                                                          std::vector<Unseen>& unseen) {
  auto trees = indexed_trees(facts, unseen);
  const bool all_were_seen = trees.size() == facts.trees.size() && unseen_kernels(facts).empty();
  return all_were_seen ? std::optional(std::move(trees)) : std::nullopt;
}

Verdict judge_trees(const Facts& facts, const PickLine& concerns, const FindInTree& find) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Unseen> unseen = unseen_configuration(facts);
  if (lines_that(*facts.load, concerns).empty()) return judge({}, std::move(unseen));
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  std::vector<Finding> findings;
  for (const ModuleTree* tree : indexed_trees(facts, unseen))
    std::ranges::move(find(*tree), std::back_inserter(findings));
  return judge(merged(std::move(findings)), std::move(unseen));
}

std::vector<Finding> merged(std::vector<Finding> findings) {
  std::vector<Finding> result;
  sort_by_subject(findings);
  for (Finding& finding : findings) {
    const bool is_same = !result.empty() && result.back().subject == finding.subject &&
                         result.back().message == finding.message;
    if (is_same) {
      std::ranges::move(finding.evidence, std::back_inserter(result.back().evidence));
    } else {
      result.push_back(std::move(finding));
    }
  }
  for (Finding& finding : result) leave_out_repeated(finding.evidence);
  return result;
}

}  // namespace kmodsec
