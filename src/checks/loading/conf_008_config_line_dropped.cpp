// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

/// "allow_unsupported_modules 0" or "1" is no mistake: the modprobe of SUSE, which is patched,
/// obeys it, and every other one passes over it and loads what it would have loaded without the
/// line.
bool is_directive_of_suse(const ConfigProblem& problem) {
  const std::vector<std::string_view> words = split_words(problem.text);
  return words.size() == 2 && words[0] == "allow_unsupported_modules" &&
         (words[1] == "0" || words[1] == "1");
}

std::string message_of(const ConfigProblem& problem) {
  if (problem.reason.ends_with("counts for nothing"))
    return "a line does not do all that it says: " + problem.reason;
  if (problem.source.find("modules-load.d/") == std::string::npos)
    return "a line is dropped: " + problem.reason;
  return "a line is dropped: " + problem.reason +
         "; modules-load.d takes names to load, lines of modprobe.d do nothing there";
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  for (const ConfigProblem& problem : facts.load->problems) {
    if (is_directive_of_suse(problem)) continue;
    findings.push_back(
        {problem.source, message_of(problem), {{problem.source, problem.line, problem.text}}});
  }
  sort_by_subject(findings);
  return judge(std::move(findings), unseen_configuration(facts));
}

}  // namespace

extern const Check conf_008_config_line_dropped{
    .id = "CONF-008",
    .title = "Every line of the module configuration is understood",
    .fault = "A line of the module configuration is not understood",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "Each line of modprobe.d and modules-load.d, read as modprobe would. It fails for each "
        "line that is dropped, or of which a part is.",
    .rationale =
        "A line with a misspelt directive, without an argument or in the wrong folder is dropped, "
        "with a warning at most that nobody sees at boot. What it was meant to deny or to set is "
        "not denied or set. allow_unsupported_modules, which only the modprobe of SUSE knows, is "
        "harmless elsewhere and not reported.",
    .remedy =
        "Correct the line, or remove it. Denies and options belong in modprobe.d; a file of "
        "modules-load.d has one name on each line.",
    .references = {"man:modprobe.d(5)", "man:modules-load.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
