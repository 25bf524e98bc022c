// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/conflicts.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "analyze/loading/load_model.hpp"

namespace kmodsec {
namespace {

class NeedsOfHost {
 public:
  NeedsOfHost(const PlanInput& input, const Derived& derived)
      : facts_(*input.facts), derived_(derived) {
    for (const PolicyDeny& deny : input.denies) denied_.insert(deny.module);
    read_needs();
  }

  std::optional<std::string> need_for(const std::string& module) const {
    if (auto why = used_now(module)) return why;
    const auto need = needed_.find(module);
    return need == needed_.end() ? std::nullopt : std::optional(need->second);
  }

 private:
  /// What a boot asks for by a name or alias, as the modules that come in with it.
  void read_needs() {
    if (!facts_.load) return;
    LoadConfig without_denies = *facts_.load;
    std::erase_if(without_denies.lines,
                  [](const ConfigLine& line) { return line.directive != Directive::alias; });
    for (const ModuleTree& tree : facts_.trees) {
      const LoadModel model(without_denies, tree);
      if (facts_.needs) {
        for (const BootNeed& need : *facts_.needs) add_need(model, need.request, need.why);
      }
      if (!tree.initramfs_images) continue;
      for (const InitramfsImage& image : *tree.initramfs_images) {
        for (const LoadRequest& request : image.load.at_boot)
          add_need(model, request.name, request.source + " loads it at boot");
      }
    }
  }

  void add_need(const LoadModel& model, const std::string& request, const std::string& why) {
    for (const Candidate& candidate : model.look_up(request)) {
      for (const ProbeStep& step : model.steps(candidate)) {
        const bool itself = step.module == candidate.module;
        needed_.emplace(step.module,
                        itself ? why : fmt::format("{} needs it: {}", candidate.module, why));
      }
    }
  }

  std::optional<std::string> used_now(const std::string& module) const {
    const auto loaded = std::ranges::find_if(
        derived_.modules, [&](const LoadedWithFile& one) { return one.loaded->name == module; });
    if (loaded == derived_.modules.end()) return std::nullopt;
    ModuleUse use = loaded->use;
    std::erase_if(use.modules, [&](const std::string& user) { return denied_.contains(user); });
    if (!use.has_users()) return std::nullopt;
    use.permanent = false;
    return "in use now: " + words_of(use);
  }

  const Facts& facts_;
  const Derived& derived_;
  std::set<std::string> denied_;
  std::map<std::string, std::string> needed_;
};

}  // namespace

std::vector<Conflict> conflicts_with(const PlanInput& input, const Derived& derived,
                                     const std::set<std::string>& overridden) {
  const NeedsOfHost needs(input, derived);
  std::vector<Conflict> conflicts;
  for (const PolicyDeny& deny : input.denies) {
    if (auto reason = needs.need_for(deny.module))
      conflicts.push_back({deny.module, std::move(*reason), overridden.contains(deny.module)});
  }
  return conflicts;
}

}  // namespace kmodsec
