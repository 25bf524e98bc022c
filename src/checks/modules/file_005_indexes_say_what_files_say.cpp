// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/modules/index_agreement.hpp"
#include "analyze/modules/judge_files.hpp"

namespace kmodsec {
namespace {

/// With each of the lines as evidence.
Finding finding_of(const IndexFlaw& flaw, const ModuleTree& tree) {
  Finding finding{
      flaw.module, fmt::format("{}: {} {}", flaw.index, flaw.lines.front(), flaw.wrong), {}};
  if (flaw.lines.size() > 1)
    finding.message += fmt::format("; {} such lines in all", flaw.lines.size());
  for (const std::string& line : flaw.lines)
    finding.evidence.push_back({tree.folder + "/" + flaw.index, {}, line});
  return finding;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  std::vector<Finding> findings;
  std::vector<Unseen> unseen;
  bool examined_all = false;
  for (const ModuleTree& tree : facts.trees) {
    if (could_not_be_listed(tree)) unseen.push_back(unseen_because(tree.files.error()));
    const bool is_asked_about = tree.files.has_value() && (tree.complete || !tree.files->empty());
    if (!is_asked_about) continue;
    std::ranges::copy(tree.unseen, std::back_inserter(unseen));
    examined_all = examined_all || tree.complete;
    IndexAgreement agreement = hold_against_files(tree);
    std::ranges::move(agreement.unseen, std::back_inserter(unseen));
    for (const IndexFlaw& flaw : agreement.flaws) findings.push_back(finding_of(flaw, tree));
  }
  const bool is_masked = std::ranges::any_of(facts.trees, could_not_be_listed);
  if (findings.empty() && !examined_all && !is_masked)
    return not_applicable("not all module files were examined: see audit --all");
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check file_005_indexes_say_what_files_say{
    .id = "FILE-005",
    .title = "The module indexes agree with the module files",
    .fault = "The module indexes contradict the module files",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The lines of the indexes are compared with what the module files say. It fails for each "
        "line without a file that says so, and for each that is missing.",
    .rationale =
        "modprobe does not read from a module which devices and requests it serves and what it "
        "needs: it looks that up in modules.alias.bin and modules.dep.bin, which depmod builds "
        "from the files. These indexes are not signed. A forged line loads a module at a request "
        "that is not its own, or together with a module that does not need it; a line that was "
        "removed keeps a module out.",
    .remedy =
        "First find out who wrote a line that no file accounts for: an interrupted upgrade leaves "
        "none behind. Then run depmod RELEASE, which rebuilds the indexes.",
    .references = {"man:depmod(8)", "man:modules.dep(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
