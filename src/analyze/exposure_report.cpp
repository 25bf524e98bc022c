// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/exposure_report.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "analyze/cves/module_cves.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/loading/load_paths.hpp"
#include "analyze/loading/load_rules.hpp"
#include "analyze/loading/tree_load_config.hpp"
#include "analyze/loading/triggers.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "analyze/modules/module_files.hpp"
#include "analyze/modules/module_use.hpp"
#include "analyze/modules/second_folder.hpp"
#include "analyze/modules/unknown_answers.hpp"
#include "analyze/policy/active_denies.hpp"
#include "analyze/policy/deny_offer.hpp"
#include "analyze/work.hpp"
#include "model/check.hpp"
#include "model/modules/index_in_use.hpp"
#include "model/modules/unpacking.hpp"

namespace kmodsec {
namespace {

/// Which kmod the host has is not known here, so the file may load or not.
void note_unpacking(const Facts& facts, const ModuleTree& tree, std::vector<Unseen>& unseen) {
  if (!tree.files) return;
  for (const ModuleFile& file : *tree.files) {
    const std::string note = unpacking_note(file, facts.kernel.module_compression);
    if (!note.empty()) unseen.push_back({file.path, note});
  }
}

bool asks_for_builtin(const ModuleTree& tree, const DoorsQuestion& question) {
  if (!tree.builtin || tree.unseen_builtin.empty()) return false;
  const std::set<std::string_view> asked(question.modules.begin(), question.modules.end());
  return std::ranges::any_of(
      *tree.builtin, [&](const BuiltinModule& module) { return asked.contains(module.name); });
}

/// Without one of these a load path may be open that seems closed, or the reverse. Of a kernel that
/// loads nothing, only what is built in is left to ask.
void note_gaps(const Facts& facts, const ModuleTree& tree, const DoorsQuestion& question,
               std::vector<Unseen>& unseen) {
  if (lacks_module_support(facts, tree)) {
    if (!question.modules.empty()) note_unseen(tree.builtin, unseen);
    return;
  }
  note_unseen(index_in_use(tree), unseen);
  note_unseen(aliases_in_use(tree), unseen);
  note_unseen(tree.softdeps, unseen);
  note_unseen(tree.builtin, unseen);
  if (asks_for_builtin(tree, question))
    std::ranges::copy(tree.unseen_builtin, std::back_inserter(unseen));
  std::ranges::copy(unseen_images(tree), std::back_inserter(unseen));
  std::ranges::copy(unseen_command_lines(tree), std::back_inserter(unseen));
  note_second_folder(tree, unseen);
  if (facts.kernel.release != tree.release) return;
  note_unpacking(facts, tree, unseen);
  note_unseen(facts.kernel.modules_disabled, unseen);
  note_unseen(facts.kernel.modprobe_helper, unseen);
  std::ranges::copy(unseen_triggers(facts), std::back_inserter(unseen));
}

std::string place_of(const std::optional<DecidingLine>& by, const std::string& module) {
  if (!by) return module;
  return by->line == 0 ? by->file : fmt::format("{}:{}", by->file, by->line);
}

/// Where a program decides, whether a module loads is a gap; the line that names it tells where.
void note_programs(const ExposureReport& report, std::vector<Unseen>& unseen) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> modules;
  for (const ModuleLoadPaths& module : report.modules) {
    if (load_state_of(module) != LoadState::unknown) continue;
    const auto runs =
        std::ranges::find(module.load_paths, LoadPathOutcome::runs, &LoadPathVerdict::outcome);
    if (runs != module.load_paths.end())
      modules[{place_of(runs->decided_by, module.name), runs->note}].push_back(module.name);
  }
  for (const RequestLoadPaths& request : report.requests) {
    for (const RequestedModule& module : request.modules) {
      if (module.outcome == LoadPathOutcome::runs)
        modules[{place_of(module.decided_by, module.name), module.note}].push_back(module.name);
    }
  }
  for (const auto& [where, names] : modules)
    unseen.push_back({where.first, fmt::format("{}: {}", first_names(names), where.second)});
}

/// Of a closed module nobody is told how many there are.
bool tells_vulnerabilities(const ModuleLoadPaths& module) {
  const LoadState state = load_state_of(module);
  return module.loaded.value_or(false) ||
         (state != LoadState::closed && state != LoadState::absent);
}

/// Of kmod alone, which reads nothing else.
bool lacks_binary_index(const ModuleTree& tree) {
  return tree.index && !tree.index->empty() && !tree.binary_index &&
         tree.binary_index.error().kind == ErrorKind::not_found;
}

void note_assumptions(const Facts& facts, ExposureReport& report) {
  if (!facts.load) return;
  report.loader = &facts.load->loader;
  std::set<std::string> known;
  const auto note = [&](std::string sentence) {
    if (known.insert(sentence).second) report.assumed.push_back(std::move(sentence));
  };
  for (const ModuleTree& tree : facts.trees) {
    for (std::string& sentence : assumptions_of(*facts.load, tree)) note(std::move(sentence));
    if (facts.load->loader.kind == LoaderKind::kmod && lacks_binary_index(tree))
      note(
          fmt::format("{}/modules.dep.bin is not there: modprobe finds no module by its name until "
                      "depmod has run, after which the above holds",
                      tree.folder));
  }
}

/// What decides, or asks at boot, or sets what the kernel runs.
bool may_decide(std::string_view path) {
  constexpr std::array<std::string_view, 6> folders = {"/modprobe.d/",    "/modules-load.d/",
                                                       "/systemd/system", "/udev/rules.d",
                                                       "/sysctl.d",       "/initramfs-tools/"};
  constexpr std::array<std::string_view, 5> files = {"/etc/modules", "/etc/conf.d/modules",
                                                     "/etc/rc.local", "/etc/rc.d/rc.local",
                                                     "/etc/sysctl.conf"};
  return std::ranges::find(files, path) != files.end() ||
         std::ranges::any_of(folders, [&](std::string_view one) { return path.contains(one); });
}

/// A file that was not read may have the line that decides.
void note_unread_lines(const Facts& facts, std::vector<Unseen>& unseen) {
  note_unseen(facts.load, unseen);
  if (!facts.load) return;
  std::ranges::copy_if(facts.load->unseen, std::back_inserter(unseen), [&](const Unseen& gap) {
    return gap.what == facts.load->loader.path || may_decide(gap.what);
  });
  std::ranges::copy(facts.load->extensions, std::back_inserter(unseen));
}

void answer_all_open(const LoadPaths& load_paths, const ModuleTree& tree, ExposureReport& report) {
  if (!index_in_use(tree)) return;
  for (const IndexEntry& entry : *index_in_use(tree)) {
    ModuleLoadPaths module = load_paths.of(entry.name);
    if (!module.denied) report.modules.push_back(std::move(module));
  }
}

/// Of a list of all that is open, the vulnerabilities with an exploit alone.
void add_exploited(const CvesOfKernel& cves, std::vector<ModuleLoadPaths>& modules,
                   UnknownAnswers& unknown) {
  const auto exploited = cves.exploited();
  for (ModuleLoadPaths& module : modules) {
    const auto found = exploited.find(module.name);
    if (found == exploited.end()) continue;
    for (const CveAnswer& answer : found->second) module.exploited.push_back(cve_id(*answer.cve));
    if (counts_of(found->second).under_investigation > 0)
      unknown.add("vulnerabilities", module.name, cves.why_untold());
  }
}

void add_vulnerabilities(const CvesOfKernel& cves, std::vector<ModuleLoadPaths>& modules,
                         UnknownAnswers& unknown) {
  for (ModuleLoadPaths& module : modules) {
    const auto answers = cves.verdicts(module.name);
    if (!answers) continue;
    module.vulnerabilities = counts_of(*answers);
    for (const CveAnswer& answer : *answers) {
      if (is_notable(answer)) module.exploited.push_back(cve_id(*answer.cve));
    }
    if (module.vulnerabilities->under_investigation > 0 && tells_vulnerabilities(module))
      unknown.add("vulnerabilities", module.name, cves.why_untold());
  }
}

const LoadedModule* find_loaded(const Facts& facts, std::string_view name) {
  const auto found = std::ranges::find(*facts.loaded, name, &LoadedModule::name);
  return found == facts.loaded->end() ? nullptr : &*found;
}

std::vector<ModuleUser> users_of(const Facts& facts, std::string_view loaded) {
  std::vector<ModuleUser> users;
  if (!facts.users) return users;
  std::ranges::copy_if(*facts.users, std::back_inserter(users),
                       [&](const ModuleUser& user) { return user.module == loaded; });
  return users;
}

/// Its file, under the name that it is loaded by or that was asked for, and who uses it now.
void add_file_and_use(const Facts& facts, const ModuleFiles& files, ModuleLoadPaths& module) {
  const bool is_loaded = module.loaded.value_or(false);
  const LoadedModule* loaded = is_loaded ? find_loaded(facts, module.name) : nullptr;
  const ModuleFile* file =
      loaded != nullptr ? files.of_loaded(module.name) : files.named(module.name);
  module.file_state = loaded != nullptr ? files.state_of_loadable(module.name, file)
                                        : files.state_of(module.name, file);
  if (is_loaded && loaded == nullptr && file != nullptr)
    loaded = find_loaded(facts, loaded_name(*file));
  const ModuleUse use = loaded == nullptr
                            ? ModuleUse{}
                            : use_of_loaded(facts, *loaded, file, users_of(facts, loaded->name));
  module.deny_offered = is_deny_offered(module, use);
}

void answer_for(const Facts& facts, const ModuleTree& tree, const DoorsQuestion& question,
                ExposureReport& report) {
  const LoadPaths load_paths(facts, tree);
  ExposureReport answer;
  for (const std::string& name : question.modules) answer.modules.push_back(load_paths.of(name));
  const ModuleFiles files(question.modules.empty() ? nullptr : &tree);
  for (ModuleLoadPaths& module : answer.modules) {
    add_file_and_use(facts, files, module);
    module.rebuild = rebuild_offered(module, tree, facts);
    if (facts.policy) module.excepted = why_excepted(*facts.policy, module.name, facts.time);
  }
  for (const std::string& request : question.requests)
    report.requests.push_back(load_paths.answer(request));
  if (question.all_open) answer_all_open(load_paths, tree, answer);
  UnknownAnswers unknown;
  if (facts.known_cves && question.vulnerabilities) {
    const CvesOfKernel cves(facts, tree);
    if (question.all_open)
      add_exploited(cves, answer.modules, unknown);
    else
      add_vulnerabilities(cves, answer.modules, unknown);
  }
  unknown.note(report.unseen);
  std::ranges::move(answer.modules, std::back_inserter(report.modules));
}

}  // namespace

ExposureReport answer_doors(const Facts& facts, const DoorsQuestion& question) {
  ExposureReport report{.facts = &facts, .init = facts.load ? &facts.load->init : nullptr};
  const auto loads_none = [&](const ModuleTree& tree) { return lacks_module_support(facts, tree); };
  if (facts.trees.empty() || !std::ranges::all_of(facts.trees, loads_none)) {
    note_unread_lines(facts, report.unseen);
    note_unseen_kernels(facts, report.unseen);
  }
  for (const ModuleTree& tree : facts.trees) {
    if (loads_none(tree)) report.without_modules.push_back(tree.release);
    note_gaps(facts, tree, question, report.unseen);
    if (facts.load)
      std::ranges::move(pending_parameters(*facts.load, tree), std::back_inserter(report.pending));
    try {
      answer_for(facts, tree, question, report);
    } catch (const TooMuchWork& problem) {
      report.unseen.push_back(unseen_because(problem.error()));
    }
  }
  const auto order = [](const ModuleLoadPaths& a, const ModuleLoadPaths& b) {
    return std::tie(a.kernel, a.position, a.name) < std::tie(b.kernel, b.position, b.name);
  };
  if (question.all_open) std::ranges::sort(report.modules, order);
  note_programs(report, report.unseen);
  note_assumptions(facts, report);
  return report;
}

}  // namespace kmodsec
