// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Finding> findings;
  for (const EnvironmentLine& line : facts.load->environment)
    findings.push_back({line.source,
                        "sets MODPROBE_OPTIONS, which every modprobe started from there obeys",
                        {{line.source, line.line, line.text}}});
  sort_by_subject(findings);
  return judge(std::move(findings), unseen_environment(facts));
}

}  // namespace

extern const Check conf_011_modprobe_options_set{
    .id = "CONF-011",
    .title = "Nothing sets MODPROBE_OPTIONS",
    .fault = "A file sets MODPROBE_OPTIONS for programs that start modprobe",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "The files that set the environment of services, of logins and of jobs of cron; all units "
        "of systemd, their drop-ins and the files of EnvironmentFile=; the kernel's command line, "
        "where the init hands it on. It fails for each line that sets MODPROBE_OPTIONS.",
    .rationale =
        "modprobe takes the words of this variable for options of its own. One of them makes it "
        "ignore every install line (-i), another makes it read a different configuration (-C): a "
        "single line far from modprobe.d undoes all denies. kmodsec doors and kmodsec show follow "
        "the units that the boot starts, and name such a line beside what root can do by hand.",
    .remedy =
        "Find out who wrote the line and remove it. What it is for can be said in modprobe.d, "
        "or on the one command line that needs it.",
    .references = {"man:modprobe(8)", "man:systemd.exec(5)", "man:pam_env.conf(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
