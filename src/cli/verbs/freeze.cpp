// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/confirm.hpp"
#include "app/freeze_host.hpp"
#include "base/text.hpp"
#include "cli/verb.hpp"
#include "report/policy/readiness_report.hpp"
#include "state/freeze_kernel.hpp"
#include "system/files/dir_root.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet& set, FreezeOptions& options) {
  declare_yes(set, options);
  set.flag("--check", options.check, "Show whether this host is ready, and freeze nothing");
  set.choice("--level", options.level, "How far to freeze: signatures, lockdown or all", "LEVEL",
             {"signatures", "lockdown", "all"});
  set.flag("--when-ready", options.when_ready,
           "Wait until this host is ready and nothing is loaded for a minute");
  set.texts("--override", options.overrides, "Freeze although this module is missing", "MODULE");
}

Answer answer_with(const ObservedHost& observed, const FreezeOptions& options, const Style& style) {
  const Readiness& readiness = observed.readiness;
  const bool not_ready = !readiness.is_frozen && !readiness.missing.empty();
  return {options.format == "json" ? print_readiness_json(readiness, observed.facts)
                                   : print_readiness_text(readiness, style),
          outcome_of(readiness.unseen, not_ready), readiness.unseen};
}

Result<Answer> run(const FreezeOptions& options, const Style& style) {
  const auto system = RunningSystem::meant_by(options.root, options.snapshot);
  if (!system) return failure(ErrorKind::usage, "freeze", "only the running kernel can be frozen");
  const auto root = open_running_system();
  if (!root) return std::unexpected(root.error());
  auto observed =
      options.when_ready ? wait_until_ready(**root, options) : observe_host(**root, options);
  if (!observed) return std::unexpected(observed.error());
  Readiness& readiness = observed->readiness;
  const bool can_be = readiness.is_ready() && !readiness.is_frozen;
  if (options.check || !can_be) return answer_with(*observed, options, style);
  const auto yes =
      confirm(options, fmt::format("Freeze '{}' until the next boot?", to_string(readiness.level)));
  if (!yes) return std::unexpected(yes.error());
  if (auto done = freeze_kernel(*system, readiness.level); !done)
    return std::unexpected(done.error());
  readiness.is_frozen = true;
  return answer_with(*observed, options, style);
}

}  // namespace

std::unique_ptr<Command> freeze_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
