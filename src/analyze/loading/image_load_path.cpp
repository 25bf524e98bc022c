// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/image_load_path.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/loading/load_model.hpp"
#include "analyze/loading/requests.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

using Names = std::set<std::string>;

Names names_of(const InitramfsImage& image) {
  Names names;
  for (const ImageModule& module : image.modules) names.insert(module.name);
  return names;
}

/// Module to the first that it needs and the image does not have.
using LostDependencies = std::unordered_map<std::string, std::string>;

/// depmod(8) leaves out of the image's index what a module needs and the image does not have: it
/// warns of symbols that nothing there has (kmod: tools/depmod.c, depmod_load_module_dependencies).
/// The index of the kernel has it, of a module that is known to be the installed one: another build
/// may need less.
LostDependencies lost_dependencies(const InitramfsImage& image, const ModuleTree& tree,
                                   const Names& names) {
  LostDependencies lost;
  if (!index_in_use(tree)) return lost;
  std::unordered_set<std::string_view> as_installed;
  for (const ImageModule& module : image.modules) {
    const bool same_digest = !module.sha256.empty() && module.sha256 == module.installed_sha256;
    if (module.as_installed || same_digest) as_installed.insert(module.name);
  }
  for (const IndexEntry& entry : *index_in_use(tree)) {
    if (!as_installed.contains(entry.name)) continue;
    const auto needed = std::ranges::find_if(
        entry.depends, [&](const std::string& name) { return !names.contains(name); });
    if (needed != entry.depends.end()) lost.emplace(entry.name, *needed);
  }
  return lost;
}

/// The aliases are those of the kernel, as depmod(8) finds them for the modules of the image.
ModuleTree tree_inside(const InitramfsImage& image, const ModuleTree& tree, const Names& names) {
  ModuleTree inside;
  inside.release = tree.release;
  inside.folder = image.path + ":" + tree.folder;
  inside.index = image.index;
  inside.softdeps = image.softdeps;
  inside.builtin = tree.builtin;
  inside.aliases = std::vector<AliasEntry>{};
  if (aliases_in_use(tree)) {
    std::ranges::copy_if(*aliases_in_use(tree), std::back_inserter(*inside.aliases),
                         [&](const AliasEntry& alias) { return names.contains(alias.module); });
  }
  return inside;
}

LoadPathVerdict refusal(LoadPathOutcome outcome, std::optional<DecidingLine> by, std::string note) {
  return {LoadPath::initramfs, outcome, std::move(by), std::move(note)};
}

}  // namespace

class ImageLoadPath::Inside {
 public:
  /// A module that is asked for, and what that brings in.
  struct Ask {
    std::string module;
    std::string why;
    const LoadRequest* request = nullptr;  ///< Otherwise it is a device that asks.
    Insertion insertion;
  };

  Inside(const InitramfsImage& image, const ModuleTree& tree, const LoadRules& rules,
         const KernelRefuses& refuses)
      : image_(image),
        refuses_(refuses),
        names_(names_of(image)),
        lost_(lost_dependencies(image, tree, names_)),
        tree_(tree_inside(image, tree, names_)),
        model_(image.load, tree_, rules),
        requests_(tree_, model_, triggers_) {
    add_devices();
    add_requests();
  }

  LoadPathVerdict judge(const std::string& module) const {
    const Ask* ask = find_own_request(module);
    if (ask == nullptr) ask = find_ask(module);
    return ask != nullptr ? lets_in(module, *ask) : keeps_out(module);
  }

  /// The first that brings it in.
  const Ask* find_ask(const std::string& module) const {
    const auto entry = entries_.find(module);
    return entry == entries_.end() ? nullptr : &asks_[entry->second];
  }

 private:
  /// udev asks for every device that is there. A module with a device of its own needs no other.
  void add_devices() {
    for (const std::string& name : names_) {
      const std::string* alias = requests_.device_alias(name);
      if (alias == nullptr) continue;
      asks_.push_back({name, "a device asks for it there, by " + *alias, nullptr,
                       brought_by({.module = name})});
      if (asks_.back().insertion.may_bring(name)) entries_.emplace(name, asks_.size() - 1);
    }
    for (std::size_t ask = 0; ask < asks_.size(); ++ask) add_entries(ask);
  }

  void add_requests() {
    for (const LoadRequest& request : image_.load.at_boot) {
      for (const Candidate& candidate : model_.look_up(request.name)) {
        const bool passes = passes_blacklist(request, candidate);
        if (!passes && model_.blacklist_line(candidate.module) != nullptr) continue;
        const InstallLines install =
            obeys_install_lines(request) ? InstallLines::all : InstallLines::of_others;
        asks_.push_back(
            {candidate.module, "asked for there", &request, brought_by(candidate, install)});
        if (passes || request.past_blacklist) asked_past_blacklist_.insert(candidate.module);
        if (asks_.back().insertion.may_bring(candidate.module))
          own_requests_.try_emplace(candidate.module, asks_.size() - 1);
        add_entries(asks_.size() - 1);
      }
    }
  }

  void add_entries(std::size_t ask) {
    const Insertion& insertion = asks_[ask].insertion;
    for (const std::string& module : insertion.inserted) entries_.try_emplace(module, ask);
    for (const std::string& module : insertion.possible) entries_.try_emplace(module, ask);
  }

  /// What --config names is not looked for in the image: it is taken to deny nothing.
  static bool passes_blacklist(const LoadRequest& request, const Candidate& candidate) {
    const bool asks_modprobe = !request.past_modprobe && request.configuration.empty();
    return !asks_modprobe || (candidate.alias.empty() && request.past_blacklist);
  }

  static bool obeys_install_lines(const LoadRequest& request) {
    return !request.past_install && !request.past_modprobe && request.configuration.empty();
  }

  /// The kernel refuses a module that has unresolved symbols.
  Insertion brought_by(const Candidate& candidate, InstallLines install = InstallLines::all) const {
    const auto refuses = [this](std::string_view module) -> std::optional<Reason> {
      const auto lost = lost_.find(std::string(module));
      if (lost == lost_.end()) return refuses_(module);
      return Reason{{}, fmt::format("it needs {}, which is not in the image", lost->second)};
    };
    return follow(model_.steps(candidate, install), model_, refuses);
  }

  /// A request comes whatever devices there are.
  const Ask* find_own_request(const std::string& module) const {
    const auto found = own_requests_.find(module);
    return found == own_requests_.end() ? nullptr : &asks_[found->second];
  }

  LoadPathVerdict lets_in(const std::string& module, const Ask& ask) const {
    const std::string with = ask.module == module ? "" : "with " + ask.module + ": ";
    const LoadPathOutcome outcome =
        ask.insertion.brings(module) ? LoadPathOutcome::loads : LoadPathOutcome::runs;
    LoadPathVerdict verdict{LoadPath::initramfs, outcome, std::nullopt,
                            fmt::format("{}: {}{}", image_.path, with, ask.why)};
    if (!image_.found_by.empty() && image_.found_by != "its name")
      verdict.note += fmt::format(" (an image of this kernel by {})", image_.found_by);
    if (ask.request != nullptr)
      verdict.decided_by = DecidingLine{ask.request->source, ask.request->line, ask.request->name};
    const auto reason = ask.insertion.reasons.find(module);
    if (reason == ask.insertion.reasons.end()) return verdict;
    verdict.decided_by = reason->second.by;
    verdict.note += ": " + reason->second.note;
    return verdict;
  }

  /// udev, and whoever asks by an alias, look at the blacklist before any install line.
  LoadPathVerdict keeps_out(const std::string& module) const {
    const ConfigLine* blacklist = model_.blacklist_line(module);
    if (blacklist != nullptr && !asked_past_blacklist_.contains(module))
      return refusal(LoadPathOutcome::denied, deciding(*blacklist), "blacklisted in the image");
    if (const auto lost = lost_.find(module); lost != lost_.end())
      return refusal(LoadPathOutcome::impossible, std::nullopt,
                     fmt::format("it needs {}, which {} does not have", lost->second, image_.path));
    const Insertion own = brought_by({.module = module});
    const auto reason = own.reasons.find(module);
    if (reason != own.reasons.end() && !own.may_bring(module))
      return refusal(LoadPathOutcome::denied, reason->second.by, reason->second.note);
    const auto trigger = requests_.easiest(module, true);
    const std::string other = trigger ? fmt::format("; what would: {}", trigger->who.trigger) : "";
    return refusal(LoadPathOutcome::impossible, std::nullopt,
                   fmt::format("nothing is known to ask for it in {}{}", image_.path, other));
  }

  const InitramfsImage& image_;
  const KernelRefuses& refuses_;
  Names names_;
  LostDependencies lost_;
  ModuleTree tree_;
  LoadModel model_;
  Triggers triggers_;
  Requests requests_;
  std::vector<Ask> asks_;
  std::unordered_map<std::string, std::size_t> own_requests_;
  std::unordered_set<std::string> asked_past_blacklist_;
  std::unordered_map<std::string, std::size_t> entries_;  ///< Module to what brings it in.
};

ImageLoadPath::ImageLoadPath(const InitramfsImage& image, const ModuleTree& tree,
                             KernelRefuses refuses)
    : image_(image), tree_(tree), refuses_(std::move(refuses)) {
  for (const ImageModule& module : image.modules) modules_.insert(module.name);
}

ImageLoadPath::~ImageLoadPath() = default;

const ImageLoadPath::Insides& ImageLoadPath::insides() const {
  if (!insides_.empty()) return insides_;
  std::vector<LoadRules> all = {rules_of(image_.load.loader)};
  std::ranges::copy(other_rules(image_.load, tree_), std::back_inserter(all));
  for (const LoadRules& rules : all)
    insides_.push_back(std::make_unique<const Inside>(image_, tree_, rules, refuses_));
  return insides_;
}

LoadPathVerdict ImageLoadPath::judge(const std::string& module) const {
  LoadPathVerdict easiest =
      refusal(LoadPathOutcome::impossible, std::nullopt, "not in " + image_.path);
  if (!holds(module)) return easiest;
  for (const auto& inside : insides()) {
    LoadPathVerdict verdict = inside->judge(module);
    const bool is_first = inside == insides().front();
    if (is_first || verdict.outcome < easiest.outcome) easiest = std::move(verdict);
  }
  return easiest;
}

std::optional<std::string> ImageLoadPath::device_of(const std::string& module) const {
  if (!holds(module)) return std::nullopt;
  for (const auto& inside : insides()) {
    const auto* ask = inside->find_ask(module);
    if (ask != nullptr && ask->request == nullptr) return ask->module;
  }
  return std::nullopt;
}

}  // namespace kmodsec
