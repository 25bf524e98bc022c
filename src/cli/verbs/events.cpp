// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctime>
#include <utility>

#include "analyze/auditd/event_origins.hpp"
#include "analyze/auditd/module_events.hpp"
#include "app/auditd/event_time.hpp"
#include "app/auditd/follow_events.hpp"
#include "app/auditd/unrecorded_loads.hpp"
#include "app/machine.hpp"
#include "cli/verb.hpp"
#include "collect/auditd/audit_log.hpp"
#include "collect/collect.hpp"
#include "collect/kernel/kernel_log.hpp"
#include "collect/kernel_state.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "report/auditd/events_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

struct EventsOptions : Options {
  std::string since;  ///< "today", "yesterday", "boot", a time, or "2h".
  std::string until;
  std::vector<std::string> modules;  ///< Events of these alone.
  bool failed = false;               ///< Events that failed alone.
};

void declare(OptionSet& set, EventsOptions& options) {
  set.text("--since", options.since,
           "Only events from then on: today, yesterday, boot, 2h, 2026-11-24 or "
           "'2026-11-24 10:00:00'",
           "TIME");
  set.text("--until", options.until, "Only events until then, in the same words", "TIME");
  set.texts("--module", options.modules, "Only events of this module", "MODULE");
  set.flag("--failed", options.failed, "Only what the kernel refused");
  set.flag("--follow", set.common().follow, "Show each event as it happens, until interrupted");
}

Result<EventFilter> filter_of(const EventsOptions& options, const Root& root) {
  EventFilter filter{.failed = options.failed};
  for (const std::string& module : options.modules)
    filter.modules.push_back(normalized_module_name(module));
  for (const auto& [text, time] :
       {std::pair(&options.since, &filter.since), std::pair(&options.until, &filter.until)}) {
    if (text->empty()) continue;
    const auto parsed = parse_event_time(*text, root);
    if (!parsed) return std::unexpected(parsed.error());
    *time = *parsed;
  }
  return filter;
}

/// The kernel's own words are of this boot alone, and gone with it.
void add_kernel_log(const Root& root, EventReport& report) {
  const auto boot = collect_boot_time(root);
  const auto lines = collect_kernel_log(root);
  if (boot && lines)
    join_kernel_log(*lines, *boot, report.events);
  else
    report.unseen.push_back(unseen_because(boot ? lines.error() : boot.error()));
}

EventReport report_on(const Root& root, const EventFilter& filter) {
  EventReport report;
  EventOrigins origins;
  if (auto log = collect_audit_log(root, filter.since, origins)) {
    report = {.log = std::move(log->log),
              .first = log->first,
              .last = log->last,
              .events = std::move(log->events),
              .gaps = std::move(log->gaps),
              .unseen = std::move(log->unseen)};
  } else {
    report.unseen.push_back({"audit trail", to_string(log.error())});
  }
  const auto unrecorded = report.events.empty() ? unrecorded_loads(root) : std::nullopt;
  if (unrecorded) report.unseen.push_back(*unrecorded);
  add_kernel_log(root, report);
  report.without_modules = !collect_kernel_identity(root).modules_supported.value_or(true);
  std::erase_if(report.events, [&](const ModuleEvent& event) { return !wants(filter, event); });
  report.by_module = count_by_module(report.events);
  report.by_user = count_by_user(report.events);
  return report;
}

Result<Answer> run(const EventsOptions& options, const Style& style) {
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  const auto filter = filter_of(options, **root);
  if (!filter) return std::unexpected(filter.error());
  if (options.follow) return follow_events(options, **root, *filter, style);
  const EventReport report = report_on(**root, *filter);
  const auto print = [&] {
    if (options.format == "text") return print_events_text(report, style);
    const Facts machine = collect_identity_of_machine(**root, time_of_looking());
    return options.format == "json" ? print_events_json(report, machine)
                                    : print_events_ndjson(report, machine);
  };
  return Answer{print(), outcome_of(report.unseen), report.unseen};
}

}  // namespace

std::unique_ptr<Command> events_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
