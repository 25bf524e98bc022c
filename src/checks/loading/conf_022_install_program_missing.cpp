// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/install_command.hpp"
#include "analyze/loading/judge_config.hpp"
#include "base/shown_text.hpp"

namespace kmodsec {
namespace {

std::string why_not_there(const std::string& program) {
  if (program.ends_with('\r'))
    return "the line ends in a carriage return, which a shell takes for a part of the name";
  return "there is no such program";
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  for (const ConfigLine& line : facts.load->lines) {
    if (line.directive != Directive::install) continue;
    const CommandOutcome outcome = outcome_of_command(line, facts.load->programs);
    if (outcome.effect != CommandEffect::missing) continue;
    findings.push_back({shown_name(line),
                        fmt::format("is denied only by chance: its install command fails ({}), and "
                                    "whoever creates {} has it run as root",
                                    why_not_there(outcome.program), shortened(outcome.program)),
                        {evidence_of(line)}});
  }
  return judge(merged(std::move(findings)), unseen_configuration(facts));
}

}  // namespace

extern const Check conf_022_install_program_missing{
    .id = "CONF-022",
    .title = "The program of every install line is there",
    .fault = "The program of an install line is not there",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "The first word of the command of each install line. It fails for each program that is not "
        "there.",
    .rationale =
        "A command whose program is missing fails, and so the module does not load. That is not a "
        "deny: a package that installs the program undoes it silently, and if the line was meant "
        "to load something, it does not. A file with CRLF line ends has every command end in a "
        "carriage return.",
    .remedy =
        "Write the program that was meant. A deny is \"install MODULE /bin/false\"; dos2unix takes "
        "the carriage returns away.",
    .references = {"man:modprobe.d(5)", "man:sh(1)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
