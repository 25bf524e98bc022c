// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/judge_config.hpp"

namespace kmodsec {
namespace {

std::string message_of(const ConfigProblem& problem) {
  if (problem.source.find("modules-load.d/") == std::string::npos)
    return "a line is dropped: " + problem.reason;
  return "a line is dropped: " + problem.reason +
         "; modules-load.d takes names to load, lines of modprobe.d do nothing there";
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  for (const ConfigProblem& problem : facts.load->problems)
    findings.push_back(
        {problem.source, message_of(problem), {{problem.source, problem.line, problem.text}}});
  sort_by_subject(findings);
  return judge(std::move(findings), unseen_configuration(facts));
}

}  // namespace

extern const Check config_line_dropped{
    .id = "CONF-008",
    .title = "Every line of the module configuration is understood",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .rationale =
        "A line with a misspelt directive, without an argument or in the wrong folder is "
        "dropped, with a warning at most that nobody sees at boot. What it was meant to deny "
        "or to set is not.",
    .remedy =
        "Correct the line, or remove it. Denies and options belong into modprobe.d, in "
        "modules-load.d stands one name on each line.",
    .references = {"man:modprobe.d(5)", "man:modules-load.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
