// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

std::optional<Finding> find_unowned(const LoadedWithFile& module) {
  const bool unowned = module.file != nullptr && module.file->package &&
                       module.file->package->level == PackageLevel::unowned;
  if (!unowned) return std::nullopt;
  return Finding{
      module.loaded->name, "its file belongs to no package", {{module.file->path, {}, "unowned"}}};
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_loaded_files(facts, derived, find_unowned, claim_was_seen);
}

}  // namespace

extern const Check file_002_unowned{
    .id = "FILE-002",
    .title = "The file of every loaded module belongs to a package",
    .fault = "The file of a loaded module belongs to no package",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .method =
        "The databases of dpkg or rpm, and the modules of DKMS. It fails for each file of a loaded "
        "module that no package owns.",
    .rationale =
        "What no package put there was copied there by hand or by an attacker, gets no "
        "updates, and has no digest to compare with.",
    .remedy =
        "Find out who put it there. Package it (DKMS does that for modules built on the "
        "host), or remove it.",
    .command = "kmodsec show {}",
    .follows = {"FILE-001", "SIG-002"},
    .references = {"man:dpkg-query(1)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
