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
#include "base/text.hpp"

namespace kmodsec {
namespace {

/// "; it is run as /sbin/insmod and /sbin/modprobe"; nothing where it has one name.
std::string names_of(const HostProgram& program) {
  std::vector<std::string> others;
  std::ranges::copy_if(program.names, std::back_inserter(others),
                       [&](const std::string& name) { return name != program.path; });
  return others.empty() ? "" : "; it is run as " + join(others, ", ");
}

/// What is run as root: a path, what the package database says of it, and in words who runs it.
struct JudgedProgram {
  const std::string& path;
  const Seen<PackageClaim>& package;
  std::string who;
  std::vector<Evidence> evidence;
};

void judge_program(JudgedProgram program, std::vector<Finding>& findings,
                   std::vector<Unseen>& unseen) {
  if (!program.package) {
    unseen.push_back({program.path, program.package.error().reason});
    return;
  }
  const PackageClaim& package = *program.package;
  const auto add = [&](const std::string& message, std::string value) {
    program.evidence.insert(program.evidence.begin(), {program.path, {}, std::move(value)});
    findings.push_back({program.path, message + program.who, std::move(program.evidence)});
  };
  if (package.level == PackageLevel::mismatch)
    add(fmt::format("is not what the package {} installed", package.name), describe(package));
  else if (package.level == PackageLevel::unowned)
    add("belongs to no package", "unowned");
  else if (package.level == PackageLevel::owned_unverified)
    unseen.push_back(
        {program.path, fmt::format("the package {} has no digest of it", package.name)});
}

/// The programs that are meant to deny: what another program does is its own affair.
std::vector<StartedProgram> programs_of_denies(const Facts& facts) {
  if (!facts.load) return {};
  std::vector<StartedProgram> programs = started_programs(*facts.load);
  std::erase_if(programs, [](const StartedProgram& started) {
    return !started.is_to_deny || started.program->path.empty();
  });
  return programs;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.programs) return unknown(facts.programs.error());
  const std::vector<StartedProgram> of_denies = programs_of_denies(facts);
  if (facts.programs->empty() && of_denies.empty())
    return not_applicable("no program that loads modules is there");
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_files(facts, &MaskedPaths::packages);
  std::ranges::copy(unseen_files(facts, &MaskedPaths::programs), std::back_inserter(unseen));
  std::ranges::move(unseen_configuration(facts), std::back_inserter(unseen));
  std::set<std::string_view> known;
  for (const HostProgram& program : *facts.programs) {
    known.insert(program.path);
    judge_program({program.path, program.package, names_of(program), {}}, findings, unseen);
  }
  for (const StartedProgram& started : of_denies) {
    const InstallProgram& program = *started.program;
    if (!known.insert(program.path).second) continue;
    const std::string who = fmt::format("; root runs it as {} for {}, which is meant to deny",
                                        program.word, places_of(started));
    judge_program({program.path, program.package, who, {evidence_of(*started.lines.front())}},
                  findings, unseen);
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check file_012_load_program{
    .id = "FILE-012",
    .title = "The programs that load modules are those that their packages installed",
    .fault = "A program that loads modules is not what a package installed",
    .severity = Severity::critical,
    .needs = Needs::nothing,
    .method =
        "The digests of modprobe, insmod, depmod, kmod, systemd-modules-load and udevd where "
        "distributions have them, of what kernel.modprobe names, and of false(1), true(1) and the "
        "like where an install or remove line of modprobe.d denies by them, are compared with "
        "those in the package database. It fails for each that differs, that is a file where its "
        "package has a link, or that no package owns.",
    .rationale =
        "The kernel, the init system and udev run these programs as root whenever a module is "
        "asked for, and whether a deny counts is up to them. They are replaced by updates of their "
        "package alone. A script in the place of the link to kmod runs at each request, and then "
        "does what was asked for, so that nobody notices. So does one in the place of /bin/false, "
        "which then denies nothing.",
    .remedy =
        "Keep a copy of the file as evidence, reinstall the package, and treat the host as "
        "compromised until the change is explained.",
    .references = {"man:dpkg(1)", "man:debsums(1)", "man:kmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
