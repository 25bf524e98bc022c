// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>

#include "analyze/judge.hpp"
#include "model/host/boot_places.hpp"
#include "model/host/program_places.hpp"

namespace kmodsec {
namespace {

/// A kernel that has modules loaded has their folder; so may one whose list was not seen.
bool may_have_modules(const Facts& facts) {
  const bool none_loaded = facts.loaded && facts.loaded->empty();
  return facts.live && !lacks_module_support(facts) && !none_loaded;
}

/// Their folder, or any other place where a link or an index leads: not the configuration, not what
/// is booted, and no program.
bool decides_about_modules(std::string_view path) {
  const bool is_module_folder = path.find("/modules/") != path.npos || path.ends_with("/modules");
  const bool is_configuration =
      path.starts_with("/etc/") || path.find(".d/") != path.npos || path.ends_with(".d");
  return is_module_folder ||
         !(is_configuration || is_of_boot_places(path) || is_of_program_places(path));
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  Verdict verdict =
      judge_writable(facts, &MaskedPaths::modules, decides_about_modules,
                     "others than root may write it: they decide what code enters the kernel");
  const auto masked = may_have_modules(facts) ? running_files_were_seen(derived) : std::nullopt;
  if (!masked) return verdict;
  verdict.unseen.push_back(unseen_because(*masked));
  return judge(std::move(verdict.findings), std::move(verdict.unseen));
}

}  // namespace

extern const Check perm_001_writable_modules{
    .id = "PERM-001",
    .title = "Only root may write module files and their folders",
    .fault = "Others than root may write module files or their folders",
    .severity = Severity::critical,
    .needs = Needs::nothing,
    .method =
        "Owner, mode and access control list of the module files, the indexes, and the folders and "
        "links on the way. It fails for each that others than root may write.",
    .rationale =
        "Whoever can write a module file, an index or a folder on the way can have their own code "
        "loaded into the kernel at the next boot or the next request. Access control lists count "
        "like modes, and so do the folders on the way and what links there lead to.",
    .remedy =
        "Give the path to root and take away the write permission of others: chown "
        "root:root PATH; chmod go-w PATH; setfacl -b PATH. Then verify the files against their "
        "packages.",
    .references = {"man:depmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
