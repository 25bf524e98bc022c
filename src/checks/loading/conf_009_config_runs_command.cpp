// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/install_command.hpp"
#include "analyze/loading/judge_config.hpp"
#include "model/loading/deny_programs.hpp"

namespace kmodsec {
namespace {

/// A line that hands a command to a shell, and what comes of that.
struct Command {
  const ConfigLine& line;
  CommandOutcome outcome;
  const InstallProgram* program = nullptr;  ///< Nothing where none was looked for.
};

Command command_of(const ConfigLine& line, const LoadConfig& config) {
  Command command{.line = line, .outcome = outcome_of_command(line, config.programs)};
  command.program = find_program(config.programs, command.outcome.program);
  return command;
}

/// Whether it is meant to deny. That its program is another is what PERM-004 and FILE-012 say.
bool is_meant_to_deny(const Command& command) {
  if (effect_of_command(command.line.argument) != CommandEffect::unknown) return true;
  return command.program != nullptr && is_shipped_deny_program(command.program->word) &&
         !why_not_itself(*command.program).empty();
}

bool runs_a_program(const Command& command) {
  if (is_unblacklist_of_suse(command.line) || is_meant_to_deny(command)) return false;
  const CommandEffect effect = command.outcome.effect;
  if (command.line.directive == Directive::remove)
    return effect != CommandEffect::fails && effect != CommandEffect::pretends;
  return effect == CommandEffect::unknown || effect == CommandEffect::loads;
}

/// The line, and who may write its program, or whose it is.
std::vector<Evidence> evidence_for(const Command& command) {
  std::vector<Evidence> evidence = {evidence_of(command.line)};
  if (command.program == nullptr) return evidence;
  const InstallProgram& program = *command.program;
  for (const Ownership& guard : program.owners) {
    if (others_may_write(guard)) evidence.push_back({guard.path, {}, describe(guard)});
  }
  if (program.package && program.package->level == PackageLevel::mismatch)
    evidence.push_back({program.path, {}, describe(*program.package)});
  return evidence;
}

Finding finding_of(const Command& command) {
  const ConfigLine& line = command.line;
  const std::string when =
      line.directive == Directive::install ? "when it is asked for" : "to remove it";
  const std::string& why = command.outcome.why;
  return {shown_name(line),
          fmt::format("root runs a command {}: {}{}", when, line.argument,
                      why.empty() ? "" : fmt::format(" ({})", why)),
          evidence_for(command)};
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  for (const ConfigLine& line : facts.load->lines) {
    if (line.directive != Directive::install && line.directive != Directive::remove) continue;
    const Command command = command_of(line, *facts.load);
    if (runs_a_program(command)) findings.push_back(finding_of(command));
  }
  return judge(std::move(findings), unseen_configuration(facts));
}

}  // namespace

extern const Check conf_009_config_runs_command{
    .id = "CONF-009",
    .title = "No line of modprobe.d runs a command",
    .fault = "A line of modprobe.d runs a command",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The install and remove lines of modprobe.d. It fails for each command that is not known "
        "to do nothing but deny. Where others than root may write its program, PERM-004 fails as "
        "well. Whether false(1) and true(1) are what their names say is up to PERM-004 and "
        "FILE-012.",
    .rationale =
        "An install or remove line is handed to a shell as root, with the environment of whoever "
        "asked, and any user can ask for some modules. It is a place to hide a backdoor that no "
        "list of services shows. Packages use such lines too; which of them put this one there is "
        "not known here. Those of suse-module-tools, which ask at a terminal before they lift a "
        "blacklist line (unblacklist), are not reported.",
    .remedy =
        "Read the command and every file it names. A softdep line does most of what they are used "
        "for, without a command. A deny is \"install MODULE /bin/false\".",
    .references = {"man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
