// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
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

std::optional<Finding> find_other(const HostProgram& program) {
  const PackageClaim& package = *program.package;
  if (package.level == PackageLevel::mismatch)
    return Finding{
        program.path,
        fmt::format("is not what the package {} installed{}", package.name, names_of(program)),
        {{program.path, {}, describe(package)}}};
  if (package.level == PackageLevel::unowned)
    return Finding{
        program.path, "belongs to no package" + names_of(program), {{program.path, {}, "unowned"}}};
  return std::nullopt;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.programs) return unknown(facts.programs.error());
  if (facts.programs->empty()) return not_applicable("no program that loads modules is there");
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_files(facts, &MaskedPaths::packages);
  std::ranges::copy(unseen_files(facts, &MaskedPaths::programs), std::back_inserter(unseen));
  for (const HostProgram& program : *facts.programs) {
    if (!program.package) {
      unseen.push_back({program.path, program.package.error().reason});
    } else if (auto finding = find_other(program)) {
      findings.push_back(std::move(*finding));
    } else if (program.package->level == PackageLevel::owned_unverified) {
      unseen.push_back(
          {program.path, fmt::format("the package {} has no digest of it", program.package->name)});
    }
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
        "distributions have them, and of what kernel.modprobe names, are compared with those in "
        "the package database. It fails for each that differs, that is a file where its package "
        "has a link, or that no package owns.",
    .rationale =
        "The kernel, the init system and udev run these programs as root whenever a module is "
        "asked for, and whether a deny counts is up to them. They are replaced by updates of their "
        "package alone. A script in the place of the link to kmod runs at each request, and then "
        "does what was asked for, so that nobody notices.",
    .remedy =
        "Keep a copy of the file as evidence, reinstall the package, and treat the host as "
        "compromised until the change is explained.",
    .references = {"man:dpkg(1)", "man:debsums(1)", "man:kmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
