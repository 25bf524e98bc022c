// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <iterator>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "analyze/late_loads.hpp"
#include "analyze/readiness.hpp"
#include "base/text.hpp"
#include "cli/confirm.hpp"
#include "cli/verb.hpp"
#include "collect/audit_log.hpp"
#include "collect/collect.hpp"
#include "collect/kernel_log.hpp"
#include "collect/later_loads.hpp"
#include "report/readiness_report.hpp"
#include "state/freeze_kernel.hpp"
#include "system/dir_root.hpp"

namespace kmodsec {
namespace {

using std::chrono::seconds;

constexpr std::array levels = {FreezeLevel::signatures, FreezeLevel::lockdown, FreezeLevel::all};
constexpr seconds look_again{5};
constexpr seconds quiet_enough{60};
constexpr seconds most_patience{15 * 60};

struct Observed {
  Facts facts;
  Readiness readiness;
};

Result<FreezeLevel> level_of(const Options& options, const Facts& facts) {
  std::string word = options.level;
  if (word.empty() && facts.policy) word = facts.policy->freeze.level;
  if (word.empty()) return FreezeLevel::all;
  const auto level =
      std::ranges::find(levels, word, [](FreezeLevel one) { return to_string(one); });
  if (level == levels.end())
    return failure(ErrorKind::usage, "--level", "none of signatures, lockdown, all");
  return *level;
}

void add_late_loads(const Root& root, Readiness& readiness) {
  const auto started = collect_boot_time(root);
  if (!started) return;
  std::ranges::move(late_loads(collect_audit_log(root, *started), *started),
                    std::back_inserter(readiness.afterwards));
}

Result<Observed> observe(const Root& root, const Options& options) {
  const CollectScope scope{.files = FileScope::loaded,
                           .signatures = true,
                           .indexes = true,
                           .posture = true,
                           .hidden = true,
                           .load_config = true,
                           .changes = true,
                           .now = std::time(nullptr),
                           .jobs = options.jobs};
  auto facts = collect(root, scope);
  if (!facts) return std::unexpected(facts.error());
  const auto level = level_of(options, *facts);
  if (!level) return std::unexpected(level.error());
  if (!facts->kernel.modules_supported.value_or(true))
    return failure(ErrorKind::unsupported, "freeze", "this kernel has no loadable modules");
  Readiness readiness = judge_readiness(*facts, *level, collect_later_loads(root));
  if (*level == FreezeLevel::all && options.check) add_late_loads(root, readiness);
  std::erase_if(readiness.missing, [&](const FreezeConcern& concern) {
    return std::ranges::find(options.overrides, concern.module) != options.overrides.end();
  });
  return Observed{std::move(*facts), std::move(readiness)};
}

std::size_t loaded_count(const Observed& observed) {
  return observed.facts.loaded ? observed.facts.loaded->size() : 0;
}

/// Until the host is ready and nothing has been loaded for a while, or patience ends.
Result<Observed> wait_until_ready(const Root& root, const Options& options) {
  auto observed = observe(root, options);
  seconds quiet{0};
  for (seconds waited{0}; observed && waited < most_patience; waited += look_again) {
    const bool ready = observed->readiness.is_ready() && quiet >= quiet_enough;
    if (ready || observed->readiness.is_frozen) return observed;
    std::this_thread::sleep_for(look_again);
    auto next = observe(root, options);
    if (!next) return next;
    quiet = loaded_count(*next) == loaded_count(*observed) ? quiet + look_again : seconds{0};
    observed = std::move(next);
  }
  return observed;
}

Answer answer_with(const Observed& observed, const Options& options, const Style& style) {
  const Readiness& readiness = observed.readiness;
  const bool not_ready = !readiness.is_frozen && !readiness.missing.empty();
  return {options.format == "json" ? print_readiness_json(readiness, observed.facts.kernel)
                                   : print_readiness_text(readiness, style),
          not_ready ? Outcome::findings : outcome_of(readiness.unseen), readiness.unseen};
}

}  // namespace

Result<Answer> run_freeze(const Options& options, const Style& style) {
  const auto system = RunningSystem::meant_by(options.root, options.snapshot);
  if (!system) return failure(ErrorKind::usage, "freeze", "only the running kernel can be frozen");
  const auto root = open_running_system();
  if (!root) return std::unexpected(root.error());
  auto observed = options.when_ready ? wait_until_ready(**root, options) : observe(**root, options);
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

}  // namespace kmodsec
