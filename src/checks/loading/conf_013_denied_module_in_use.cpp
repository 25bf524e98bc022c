// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "analyze/loading/configured_load_paths.hpp"
#include "analyze/loading/judge_config.hpp"

namespace kmodsec {
namespace {

/// Ways by which a system gets what it needs without anybody naming it.
constexpr std::array ways_of_need = {LoadPath::alias, LoadPath::dependency, LoadPath::softdep,
                                     LoadPath::boot};

bool stays_out(const ModuleLoadPaths& load_paths) {
  const bool is_denied =
      std::ranges::any_of(load_paths.load_paths, [](const LoadPathVerdict& verdict) {
        return verdict.load_path != LoadPath::insmod && verdict.outcome == LoadPathOutcome::denied;
      });
  const bool comes_in = std::ranges::any_of(
      ways_of_need, [&](LoadPath load_path) { return loads_by(load_paths, load_path); });
  return load_paths.presence == Presence::loadable && is_denied && !comes_in;
}

std::optional<Finding> find_in_use(const LoadedWithFile& module,
                                   const ConfiguredLoadPaths& load_paths) {
  if (!module.use.has_users()) return std::nullopt;
  const ModuleLoadPaths its = load_paths.of(module.loaded->name);
  if (!stays_out(its)) return std::nullopt;
  return Finding{its.name, "is denied, and in use: " + words_of(module.use), evidence_of_deny(its)};
}

bool has_denies(const Facts& facts) {
  return facts.load && !lines_that(*facts.load, is_deny).empty();
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  Verdict verdict = judge_loaded_load_paths(facts, derived, find_in_use);
  if (facts.users || !has_denies(facts)) return verdict;
  note_unseen(facts.users, verdict.unseen);
  return judge(std::move(verdict.findings), std::move(verdict.unseen));
}

}  // namespace

extern const Check conf_013_denied_module_in_use{
    .id = "CONF-013",
    .title = "No deny breaks what is in use",
    .fault = "A deny breaks what is in use",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .method =
        "What uses each loaded module is compared with the load paths of the module. It fails for "
        "each that is in use and that a deny keeps out at the next boot.",
    .rationale =
        "A module that is in use is loaded, so a deny of it does nothing today. At the next "
        "boot the file system is not mounted, the device has no driver, or the module that "
        "needs it does not load. Denies of squashfs (snap packages) and vfat (/boot/efi) are "
        "the usual cases.",
    .remedy =
        "Remove the deny, or do without what is named: unmount it, take it out of /etc/fstab, "
        "unload the module that needs it.",
    .references = {"man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
