// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/common_options.hpp"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/budget.hpp"
#include "cli/suggestions.hpp"
#include "model/names.hpp"
#include "system/host/cpu_time.hpp"

namespace kmodsec {
namespace {

const std::vector<std::string> severities = {"low", "medium", "high", "critical"};
const std::vector<std::string> colours = {"auto", "always", "never"};

Result<Limits> limits_of(const std::vector<std::string>& texts) {
  Limits limits;
  for (const std::string& text : texts) {
    if (const auto set = set_limit(text, limits); !set) return std::unexpected(set.error());
  }
  return limits;
}

}  // namespace

void declare_common(OptionSet& set, Options& options, CommonTexts& texts) {
  set.text("--format", options.format, "How to answer", "FORMAT");
  set.text("--output", options.output, "Write the answer to a file instead of stdout", "FILE");
  set.choice("--color", options.color, "Colours: auto, always or never", "WHEN", colours);
  set.flag("--no-pager", options.no_pager, "Print a long answer without a pager");
  set.flag("--quiet", options.quiet, "Write nothing to stderr but errors");
  set.text("--root", options.root,
           "Look at a captured tree or a mounted image instead of this system", "DIR");
  set.text("--snapshot", options.snapshot,
           "Look at a file written by 'kmodsec snapshot' instead of a system", "FILE");
  set.text("--kernel", options.kernel, "Look at this kernel release instead of the running one",
           "RELEASE");
  set.texts("--cert", options.certificates,
            "Look signers up in these certificates too: a file, or a folder of files", "FILE");
  set.choice("--fail-on", texts.fail_on,
             "Lowest severity that makes the exit code 1: low, medium (default), high or critical",
             "SEVERITY", severities);
  set.number("--jobs", options.jobs, "How many files to read at once; default: processors", "N");
  set.texts("--limit", texts.limits,
            "Bound what this run reads: bytes=N, entries=N, seconds=N or none", "LIMIT");
}

Error meaningless_option(const Verb& verb, const std::string& option) {
  const bool names_machine = option == "--root" || option == "--snapshot" || option == "--kernel";
  std::string reason = "means nothing to '{}'";
  if (names_machine && verb.asks == Asks::this_host)
    reason = "'{}' works on the running kernel only";
  else if (option == "--snapshot" && verb.asks == Asks::one_host)
    reason = "'{}' needs a host or a tree, not a snapshot";
  return {ErrorKind::usage, option, fmt::format(fmt::runtime(reason), verb.name)};
}

Result<void> settle(const Verb& verb, Options& options, const CommonTexts& texts) {
  if (auto known = one_of("--format", options.format, formats_of(verb)); !known) return known;
  if (!texts.fail_on.empty()) options.fail_on = *parse_severity(texts.fail_on);
  const auto limits = limits_of(texts.limits);
  if (!limits) return std::unexpected(limits.error());
  options.budget = std::make_shared<Budget>(*limits, cpu_seconds);
  if (!options.root.empty() && !options.snapshot.empty())
    return failure(ErrorKind::usage, "--snapshot",
                   "cannot be used with --root: each names another machine");
  return {};
}

}  // namespace kmodsec
