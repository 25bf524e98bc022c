// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/known_names.hpp"

namespace kmodsec {
namespace {

bool names_one_module(const ConfigLine& line) {
  const bool is_of_alias = line.directive == Directive::blacklist && looks_like_alias(line.name);
  return is_local_deny(line) && !is_pattern(line) && !is_of_alias;
}

std::optional<Finding> find_unknown(const ConfigLine& line, const KnownNames& known) {
  if (known.is_module(line.name) || known.is_alias(line.name)) return std::nullopt;
  return Finding{written_name(line),
                 "is denied, and no installed kernel has a module or alias of this name",
                 {evidence_of(line)}};
}

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_names(facts, names_one_module, find_unknown);
}

}  // namespace

extern const Check conf_007_deny_of_unknown_name{
    .id = "CONF-007",
    .title = "Denies name what the installed kernels have",
    .fault = "A deny names nothing that an installed kernel has",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "The denies of the administrator are compared with the modules and aliases of all "
        "installed kernels. It fails for each name that none of them has.",
    .rationale =
        "A misspelt name denies nothing, and neither modprobe nor the boot says so. The module may "
        "also be gone from this kernel, which is harmless: that is why the severity is low. Only "
        "lines below /etc, /run and /usr/local are judged: lists of a distribution are made for "
        "all of its kernels.",
    .remedy =
        "Correct the name: modinfo NAME finds it if it is right. Keep the line when it stands "
        "for other kernels.",
    .references = {"man:modprobe.d(5)", "man:modinfo(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
