// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/paragraph.hpp"
#include "report/usage/record_report.hpp"
#include "report/usage/usage_readiness_report.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t day = 24L * 3600;
constexpr std::size_t most_stopped = 20;

std::string sentence(std::string_view text, const Style& style) {
  return paragraph(text, 2, style);
}

/// Where nothing of it is asked for, or it is done already.
std::string state_in_words(const Facts& facts) {
  if (!facts.policy) return "What the policy asks for is not known.";
  if (!facts.policy->deny.everything_else)
    return "The policy does not deny everything else: " +
           unbroken("'kmodsec deny --everything-else'") + " begins to observe.";
  return facts.policy->keep.mode == KeepMode::enforce ? "The policy denies everything else already."
                                                      : "";
}

std::string requester_in_words(const StoppedLoad& load) {
  return load.requesters.empty() ? "who asked for it is not known"
                                 : "asked for by " + requester_text(load.requesters.back());
}

std::string stopped_in_words(const Facts& facts, const Style& style) {
  if (!facts.usage || facts.usage->stopped.empty()) return "";
  std::vector<StoppedLoad> stopped = facts.usage->stopped;
  std::ranges::stable_sort(stopped, std::ranges::greater{}, &StoppedLoad::last_seen);
  std::string text = "\n" + style.bold("Would have been stopped") + "\n";
  for (std::size_t i = 0; i < std::min(stopped.size(), most_stopped); ++i)
    text += paragraph(fmt::format("  {}, last on {} UTC; {}", printable(stopped[i].module),
                                  utc_text(stopped[i].last_seen), requester_in_words(stopped[i])),
                      4, style);
  if (stopped.size() > most_stopped)
    text +=
        fmt::format("  {} more: --format json has all of them\n", stopped.size() - most_stopped);
  return text;
}

}  // namespace

std::string days_before(std::int64_t time, std::int64_t now) {
  const std::int64_t days = time >= 0 && time < now ? (now - time) / day : 0;
  return days == 0 ? "today" : count_of(static_cast<std::size_t>(days), "day") + " ago";
}

std::string quiet_in_words(const UsageReadiness& readiness, std::int64_t now) {
  if (readiness.last_stopped)
    return fmt::format("something that would have been stopped was last loaded {}",
                       days_before(*readiness.last_stopped, now));
  if (readiness.observed_since)
    return fmt::format("nothing would have been stopped since the observing began {}",
                       days_before(*readiness.observed_since, now));
  return "nothing was observed yet";
}

std::string print_usage_readiness_text(const UsageReadiness& readiness, const Facts& facts,
                                       const std::string& unrecorded,
                                       const std::vector<Unseen>& unseen, const Style& style) {
  std::string text;
  if (readiness.ready)
    text += style.good("Ready to deny everything else") + "\n";
  else
    text += style.warning("Not ready to deny everything else") + "\n";
  for (const std::string& reason : readiness.reasons)
    text += paragraph("  - " + printable(reason), 4, style);
  text += sentence(
      fmt::format("The record covers {} and {}; {}.",
                  count_of(static_cast<std::size_t>(readiness.recorded / day), "day"),
                  count_of(readiness.boots, "boot"), quiet_in_words(readiness, facts.time)),
      style);
  if (!unrecorded.empty())
    text += sentence(
        fmt::format("A module that is loaded and unloaded between two recordings is not in the "
                    "record: {}. {} in the policy has each load recorded.",
                    printable(unrecorded), unbroken("[audit_rules] enabled = true")),
        style);
  const std::string state = state_in_words(facts);
  if (!state.empty())
    text += sentence(state, style);
  else if (readiness.ready)
    text += sentence("To deny it from now on: " + unbroken("kmodsec apply --from observe"), style);
  return text + stopped_in_words(facts, style) + print_gaps(unseen, style);
}

}  // namespace kmodsec
