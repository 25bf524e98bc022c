// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/install_command.hpp"
#include "analyze/loading/judge_config.hpp"

namespace kmodsec {
namespace {

bool runs_a_program(const ConfigLine& line) {
  return (line.directive == Directive::install || line.directive == Directive::remove) &&
         effect_of_command(line.argument) == CommandEffect::unknown;
}

Finding finding_of(const ConfigLine& line) {
  const std::string when =
      line.directive == Directive::install ? "when it is asked for" : "to remove it";
  return {line.name, "root runs a command " + when + ": " + line.argument, {evidence_of(line)}};
}

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_lines(facts, runs_a_program, finding_of);
}

}  // namespace

extern const Check conf_009_config_runs_command{
    .id = "CONF-009",
    .title = "No line of modprobe.d runs a command",
    .fault = "A line of modprobe.d runs a command",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .rationale =
        "An install or remove line is handed to a shell as root, with the environment of "
        "whoever asked, and any user can ask for some modules. It is a place to hide a "
        "backdoor that no list of services shows. Packages use such lines too; which of them "
        "put this one there is not known here.",
    .remedy =
        "Read the command and every file it names. A softdep line does without a command what "
        "most of them are for. A deny is \"install MODULE /bin/false\".",
    .references = {"man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
