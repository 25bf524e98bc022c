// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/judge_files.hpp"

namespace kmodsec {
namespace {

std::optional<Finding> find_unowned(const std::string& module, const ModuleFile& file) {
  if (!file.package || file.package->level != PackageLevel::unowned) return std::nullopt;
  return Finding{module, "its file belongs to no package", {{file.path, {}, "unowned"}}};
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_module_files(facts, derived, find_unowned, claim_was_seen);
}

}  // namespace

extern const Check file_002_unowned{
    .id = "FILE-002",
    .title = "Every module file belongs to a package",
    .fault = "A module file belongs to no package",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The databases of dpkg or rpm, and the modules of DKMS. It fails for each file that no "
        "package owns: of the loaded modules, and with audit --all or where no kernel runs of all "
        "that are installed.",
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
