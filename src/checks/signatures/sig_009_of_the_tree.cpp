// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyze/signatures/trust.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

std::string fault_of(const ModuleFile& file, SignatureStatus status) {
  if (status == SignatureStatus::unsigned_) return "it has no signature";
  if (status == SignatureStatus::malformed && !file.content) return "its file is damaged";
  return fmt::format("its signature is {}", to_string(status));
}

void add_findings(const Facts& facts, const ModuleTree& tree, std::vector<Finding>& findings,
                  std::vector<Unseen>& unseen) {
  const Trust trust(facts, &tree);
  for (const ModuleFile& file : *tree.files) {
    const SignatureVerdict verdict = trust.judge(file);
    const std::string status(to_string(verdict.status));
    if (verdict.status == SignatureStatus::unknown) {
      unseen.push_back({file.path, "signature: " + verdict.reason});
    } else if (verdict.status != SignatureStatus::valid) {
      findings.push_back({file.name.empty() ? file.path : file.name,
                          fault_of(file, verdict.status),
                          {{file.path, {}, verdict.reason.empty() ? status : verdict.reason}}});
    }
  }
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.trust) return not_applicable("signatures were not verified");
  std::vector<Finding> findings;
  std::vector<Unseen> unseen;
  bool examined = false;
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.complete || !tree.files) continue;
    examined = true;
    std::ranges::copy(tree.unseen, std::back_inserter(unseen));
    if (!tree.image) unseen.push_back(unseen_because(tree.image.error()));
    if (tree.image) add_findings(facts, tree, findings, unseen);
  }
  if (!examined) return not_applicable("only loaded modules were examined: see audit --all");
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check sig_009_of_the_tree{
    .id = "SIG-009",
    .title = "Every module of the kernel has a valid signature",
    .fault = "A module of the kernel has no valid signature",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "The signature of every module file of the kernel is verified, with audit --all or where "
        "no kernel runs. It fails for each that is not valid.",
    .rationale =
        "A module that is not loaded now can be loaded in a moment: by name, by an alias that any "
        "user can ask for, or at the next boot. Each file is verified with the keys that its "
        "kernel was built to trust, and with those of this machine.",
    .remedy =
        "Reinstall the packages of the files that are named. Your own modules need a key that is "
        "enrolled.",
    .command = "kmodsec verify --all",
    .follows = {"SIG-002", "SIG-003"},
    .references = {"linux:Documentation/admin-guide/module-signing.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
