// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "analyze/judge.hpp"
#include "analyze/modules/index_agreement.hpp"

namespace kmodsec {
namespace {

/// Unlike a folder that is not there, and files that nobody asked for.
bool could_not_be_listed(const ModuleTree& tree) {
  return !tree.files && tree.files.error().kind != ErrorKind::not_found;
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
    for (IndexFlaw& flaw : agreement.flaws) {
      findings.push_back({std::move(flaw.module),
                          flaw.index + ": " + flaw.line + " " + flaw.wrong,
                          {{tree.folder + "/" + flaw.index, {}, std::move(flaw.line)}}});
    }
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
    .title = "The module indexes say what the module files say",
    .fault = "The module indexes contradict the module files",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .rationale =
        "modprobe never asks a module which devices and requests it is for and what it needs: it "
        "looks that up in modules.alias.bin and modules.dep.bin, whose lines depmod takes from "
        "the files. Nothing is signed there. A line of somebody else loads a module at a request "
        "that it never had, or with one that it never needed; a line that is gone keeps one out.",
    .remedy =
        "depmod RELEASE writes the indexes anew. Where a line has come that no file accounts for, "
        "find out who wrote it first: it is not what an interrupted upgrade leaves behind.",
    .references = {"man:depmod(8)", "man:modules.dep(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
