// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "base/shown_text.hpp"
#include "model/host/program_places.hpp"

namespace kmodsec {
namespace {

std::string message_of(const StartedProgram& started) {
  const std::string word = shortened(started.program->word);
  const bool is_gone = started.program->state != ProgramState::present;
  return fmt::format(
      "others than root may write it, and so decide what {} is{}: root runs that "
      "for {}",
      word, is_gone ? ", which is not there" : "", places_of(started));
}

/// A path that loads pass through is named for that alone.
void judge_started(const LoadConfig& config, std::vector<Finding>& findings,
                   std::vector<Unseen>& unseen) {
  std::set<std::string> known;
  for (const Finding& finding : findings) known.insert(finding.subject);
  for (const StartedProgram& started : started_programs(config)) {
    for (const Ownership& guard : started.program->owners) {
      if (!others_may_write(guard) || !known.insert(guard.path).second) continue;
      findings.push_back(
          {guard.path,
           message_of(started),
           {{guard.path, {}, describe(guard)}, evidence_of(*started.lines.front())}});
    }
    std::ranges::move(unclear_of(started.program->owners), std::back_inserter(unseen));
  }
}

Verdict evaluate(const Facts& facts, const Derived&) {
  Verdict verdict = judge_writable(
      facts, &MaskedPaths::programs, is_of_program_places,
      "others than root may write it: root runs what is there whenever a module is loaded");
  std::vector<Unseen> unseen = std::move(verdict.unseen);
  if (facts.load) judge_started(*facts.load, verdict.findings, unseen);
  std::ranges::move(unseen_configuration(facts), std::back_inserter(unseen));
  return judge(std::move(verdict.findings), std::move(unseen));
}

}  // namespace

extern const Check perm_004_writable_programs{
    .id = "PERM-004",
    .title = "Only root may write the programs that load modules",
    .fault = "Others than root may write a program that loads modules",
    .severity = Severity::critical,
    .needs = Needs::nothing,
    .method =
        "Owner, mode and access control list of modprobe, insmod, depmod, kmod, "
        "systemd-modules-load and udevd where distributions have them, of the programs that "
        "install and remove lines of modprobe.d start, and of the folders and links on the way. "
        "It fails for each that others than root may write, and for each folder in which they may "
        "create a program that such a line names and that is not there. Where kernel.modprobe "
        "names another program, CONF-015 judges that one.",
    .rationale =
        "The kernel, the init system and udev run these programs as root, and what they load, "
        "which lines they obey and whether a deny counts is up to them. Whoever can write one of "
        "them, what a link there leads to, or a folder on the way is root at the next request for "
        "a module, which on most hosts any user can make. The same holds for the program of an "
        "install line: a line with /bin/false denies only as long as /bin/false is what it says.",
    .remedy =
        "Give the path to root and take away the write permission of others: chown root:root PATH; "
        "chmod go-w PATH; setfacl -b PATH. Then reinstall the package of the program: what it did "
        "until now is not known.",
    .references = {"man:modprobe(8)", "man:kmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
