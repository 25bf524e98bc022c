// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/judge_files.hpp"

namespace kmodsec {
namespace {

std::optional<Finding> find_altered(const std::string& module, const ModuleFile& file) {
  if (!file.package || file.package->level != PackageLevel::mismatch) return std::nullopt;
  return Finding{module,
                 "its file differs from what the package " + file.package->name + " installed",
                 {{file.path, {}, file.digests ? "md5 " + file.digests->md5 : "differs"}}};
}

std::optional<Error> comparison_was_possible(const ModuleFile& file) {
  const auto unclaimed = claim_was_seen(file);
  const bool undigested = !unclaimed && file.package->level == PackageLevel::owned_unverified;
  return undigested && !file.digests ? std::optional(file.digests.error()) : unclaimed;
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  return judge_module_files(facts, derived, find_altered, comparison_was_possible);
}

}  // namespace

extern const Check file_003_altered{
    .id = "FILE-003",
    .title = "Every module file is the one its package installed",
    .fault = "A module file is not the one that its package installed",
    .severity = Severity::critical,
    .needs = Needs::nothing,
    .method =
        "The digest of each module file is compared with that in the package database: of the "
        "loaded modules, and with audit --all or where no kernel runs of all that are installed. "
        "It fails for each that differs.",
    .rationale =
        "The digest in the package database is not the digest of the file. Module files are "
        "never edited in place by a healthy system, so somebody replaced or patched it.",
    .remedy =
        "Keep a copy of the file as evidence, reinstall the package, and treat the host as "
        "compromised until the change is explained.",
    .command = "kmodsec show {}",
    .follows = {"SIG-004"},
    .references = {"man:dpkg(1)", "man:debsums(1)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
