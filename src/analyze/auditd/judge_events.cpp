// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/judge_events.hpp"

#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/utc_time.hpp"
#include "model/auditd/event_words.hpp"

namespace kmodsec {
namespace {

struct Occurrences {
  const ModuleEvent* last = nullptr;
  std::size_t count = 0;
};

std::string describe(const ModuleEvent& event) {
  std::string text = utc_text(event.time) + " UTC by " + who(event);
  if (!event.command.empty()) text += ": " + event.command;
  if (is_failed(event)) text += " (" + result_of(event) + ")";
  return text;
}

Finding finding_of(const std::string& module, const Occurrences& found, const std::string& message,
                   const std::string& log) {
  const std::string times = found.count > 1 ? fmt::format(" {} times", found.count) : "";
  return {
      module.empty() ? "(not named)" : module, message + times, {{log, {}, describe(*found.last)}}};
}

}  // namespace

Verdict judge_events(const Facts& facts, const FindEvent& find, const std::string& message) {
  if (!facts.events) {
    const bool none =
        facts.auditd && !facts.auditd->auditd && facts.events.error().kind == ErrorKind::not_found;
    return none ? not_applicable("this host keeps no audit trail") : unknown(facts.events.error());
  }
  std::map<std::string, Occurrences> found;
  for (const ModuleEvent& event : facts.events->events) {
    if (!find(event)) continue;
    Occurrences& module = found[event.module];
    module.last = &event;
    ++module.count;
  }
  std::vector<Finding> findings;
  for (const auto& [module, occurrences] : found)
    findings.push_back(finding_of(module, occurrences, message, facts.events->log));
  return judge(std::move(findings), facts.events->unseen);
}

}  // namespace kmodsec
