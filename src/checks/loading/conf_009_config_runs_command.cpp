// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string_view>
#include <vector>

#include "analyze/loading/install_command.hpp"
#include "analyze/loading/judge_config.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

/// Of suse-module-tools (60-blacklist_fs-*.conf): beside a blacklist line, it asks whoever loads
/// the module by its name at a terminal whether to lift that, and then loads it. It is no deny.
bool is_unblacklist_of_suse(const ConfigLine& line) {
  const std::vector<std::string_view> words = split_words(line.argument);
  return words.size() >= 5 && words[0] == "/usr/lib/module-init-tools/unblacklist" &&
         words[1] == line.name + ";" && words[2] == "/sbin/modprobe" && words.back() == line.name &&
         std::ranges::all_of(words.begin() + 3, words.end() - 1, [](std::string_view word) {
           return word == "--ignore-install" || word == "$CMDLINE_OPTS";
         });
}

bool runs_a_program(const ConfigLine& line, const LoadConfig& config) {
  if (is_unblacklist_of_suse(line)) return false;
  if (line.directive == Directive::remove)
    return effect_of_command(line.argument) == CommandEffect::unknown;
  if (line.directive != Directive::install) return false;
  const CommandEffect effect = outcome_of_command(line, config.programs).effect;
  return effect == CommandEffect::unknown || effect == CommandEffect::loads;
}

Finding finding_of(const ConfigLine& line) {
  const std::string when =
      line.directive == Directive::install ? "when it is asked for" : "to remove it";
  return {line.name, "root runs a command " + when + ": " + line.argument, {evidence_of(line)}};
}

Verdict evaluate(const Facts& facts, const Derived&) {
  const auto runs = [&](const ConfigLine& line) { return runs_a_program(line, *facts.load); };
  return judge_lines(facts, runs, finding_of);
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
        "to do nothing but deny.",
    .rationale =
        "An install or remove line is handed to a shell as root, with the environment of whoever "
        "asked, and any user can ask for some modules. It is a place to hide a backdoor that no "
        "list of services shows. Packages use such lines too; which of them put this one there is "
        "not known here. Those of suse-module-tools, which ask at a terminal before they lift a "
        "blacklist line (unblacklist), are not reported.",
    .remedy =
        "Read the command and every file it names. A softdep line does most of what they are used "
        "for, without a command. A deny is \"install MODULE /bin/false\". Programs that are known "
        "to do nothing but deny, and that nobody but root may write, are not reported.",
    .references = {"man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
