// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/mitigations.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "analyze/policy/active_denies.hpp"
#include "analyze/policy/deny_lines.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// As the policy would write it: read before everything else.
LoadConfig with_denies(const LoadConfig& config, const std::vector<std::string>& modules) {
  LoadConfig denied = config;
  std::vector<ConfigLine> lines;
  for (const std::string& module : modules) {
    std::ranges::move(
        deny_lines(module, DenyAnswer::fail, DenySoftdep::emptied, "the proposed deny"),
        std::back_inserter(lines));
  }
  denied.lines.insert(denied.lines.begin(), lines.begin(), lines.end());
  return denied;
}

using Answers = MitigationFinder::Answers;

/// Those that the mitigations are about.
Answers in_question(const ModuleCves& module) {
  Answers notable;
  Answers open;
  for (const CveAnswer& answer : module.cves) {
    if (is_notable(answer)) notable.push_back(&answer);
    if (is_open(answer.verdict.status)) open.push_back(&answer);
  }
  return notable.empty() ? open : notable;
}

bool is_told_by(const Answers& answers, CveDecider decider) {
  return std::ranges::any_of(
      answers, [&](const CveAnswer* answer) { return answer->verdict.decider == decider; });
}

bool needs_namespace(const Answers& answers) {
  return std::ranges::all_of(answers, [](const CveAnswer* answer) {
    return answer->position == AttackerPosition::local_userns;
  });
}

std::string not_known(const ModuleUse& use) {
  return fmt::format("who uses it is not known ({})", use.why_unknown);
}

Mitigation mitigate_loaded(const ModuleCves& module, const Answers& answers) {
  const ModuleUse& use = module.use;
  if (use.unused.value_or(false))
    return {
        MitigationKind::unload,
        fmt::format("nothing uses it now: kmodsec unload {0}, then kmodsec deny {0}", module.name)};
  const std::string who = use.unused ? "in use by " + words_of(use) : not_known(use);
  if (needs_namespace(answers))
    return {MitigationKind::in_use,
            fmt::format("{}: close user namespaces to users, by "
                        "kernel.unprivileged_userns_clone=0 or user.max_user_namespaces=0",
                        who)};
  return {MitigationKind::in_use,
          fmt::format("{}: {}", who,
                      use.unused ? "end that, then unload and deny it"
                                 : "unload and deny it where nothing does")};
}

void advise_update(const Answers& answers, std::vector<Mitigation>& mitigations) {
  std::string newest;
  std::size_t with_fix = 0;
  std::size_t affected = 0;
  for (const CveAnswer* answer : answers) {
    if (answer->verdict.status != VexStatus::affected) continue;
    ++affected;
    if (answer->verdict.fixed_in.empty()) continue;
    ++with_fix;
    if (version_less(newest, answer->verdict.fixed_in)) newest = answer->verdict.fixed_in;
  }
  if (with_fix == 0) return;
  mitigations.push_back({MitigationKind::update,
                         with_fix == affected
                             ? fmt::format("update the kernel to {} or later", newest)
                             : fmt::format("update the kernel to {} or later: that closes {} of {}",
                                           newest, with_fix, affected)});
}

}  // namespace

MitigationFinder::MitigationFinder(const Facts& facts, const ModuleTree& tree,
                                   const KernelOrigin& origin,
                                   const std::vector<std::string>& candidates)
    : facts_(facts), origin_(origin) {
  if (facts.load) after_deny_.emplace(with_denies(*facts.load, candidates), tree);
}

void MitigationFinder::mitigate_by_source(const Answers& answers,
                                          std::vector<Mitigation>& mitigations) const {
  if (is_told_by(answers, CveDecider::newer_than_data))
    mitigations.push_back(
        {MitigationKind::newer_data, "import newer tables: kmodsec data import FILE"});
  if (is_told_by(answers, CveDecider::backports) && !origin_.ask.empty()) {
    const std::string id = cve_id(*answers.front()->cve);
    std::string words = origin_.ask;
    for (std::size_t at = words.find("{}"); at != std::string::npos; at = words.find("{}"))
      words.replace(at, 2, id);
    mitigations.push_back({MitigationKind::ask_maker, "ask its maker: " + words});
  }
}

/// The first way in that such a deny leaves, but for root's own insmod and for images, which are
/// rebuilt with it.
std::optional<std::string> MitigationFinder::load_path_left_open(const std::string& module) const {
  if (!after_deny_) return "the configuration of modprobe was not seen";
  for (const LoadPathVerdict& verdict : after_deny_->of(module).load_paths) {
    const bool counts =
        verdict.load_path != LoadPath::insmod && verdict.load_path != LoadPath::initramfs;
    if (counts && verdict.outcome <= LoadPathOutcome::runs)
      return fmt::format("{}{}{}", words_of(verdict.load_path), verdict.note.empty() ? "" : ": ",
                         verdict.note);
  }
  return std::nullopt;
}

/// What will ask for the module although it is not loaded now.
std::optional<std::string> MitigationFinder::who_wants(const std::string& module) const {
  if (facts_.load) {
    for (const LoadRequest& request : facts_.load->at_boot)
      if (normalized_module_name(request.name) == module)
        return fmt::format("{}:{}", request.source, request.line);
  }
  if (!facts_.policy) return std::nullopt;
  const auto names = [&](const std::vector<std::string>& modules) {
    return std::ranges::find(modules, module) != modules.end();
  };
  if (names(facts_.policy->load) || names(facts_.policy->freeze.require)) return "the policy";
  const bool is_excepted =
      std::ranges::any_of(facts_.policy->exceptions, [&](const PolicyException& exception) {
        return exception.module == module && is_active(exception, facts_.time);
      });
  return is_excepted ? std::optional<std::string>("an exception of the policy") : std::nullopt;
}

std::optional<Mitigation> MitigationFinder::mitigate_by_deny(const ModuleCves& module,
                                                             const Answers& answers) const {
  if (module.presence == Presence::builtin)
    return Mitigation{MitigationKind::built_in,
                      "built in: no deny keeps it out; initcall_blacklist= on the kernel's command "
                      "line does, with the name of its init function"};
  if (module.loaded.value_or(false)) return mitigate_loaded(module, answers);
  if (module.denied) return std::nullopt;
  if (const auto wanted = who_wants(module.name))
    return Mitigation{MitigationKind::in_use,
                      fmt::format("not loaded now, but asked for by {}", *wanted)};
  if (const auto load_path = load_path_left_open(module.name))
    return Mitigation{MitigationKind::not_closed,
                      "a deny would leave a load path open, " + *load_path};
  const std::string when =
      module.use.unused ? "nothing here uses it" : "if nothing uses it; " + not_known(module.use);
  return Mitigation{MitigationKind::deny, fmt::format("{}: kmodsec deny {}", when, module.name)};
}

std::vector<Mitigation> MitigationFinder::mitigations_of(const ModuleCves& module) const {
  std::vector<Mitigation> mitigations;
  const Answers answers = in_question(module);
  if (answers.empty()) return mitigations;
  advise_update(answers, mitigations);
  mitigate_by_source(answers, mitigations);
  if (auto deny = mitigate_by_deny(module, answers)) mitigations.push_back(std::move(*deny));
  return mitigations;
}

bool is_deniable(const ModuleCves& module) {
  return std::ranges::find(module.mitigations, MitigationKind::deny, &Mitigation::kind) !=
         module.mitigations.end();
}

}  // namespace kmodsec
