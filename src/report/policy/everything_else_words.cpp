// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/everything_else_words.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/loading/position_words.hpp"
#include "report/paragraph.hpp"
#include "report/usage/keep_set_report.hpp"
#include "report/usage/usage_readiness_report.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_listed = 5;

/// "4,023".
std::string with_commas(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, ",");
  return digits;
}

std::string_view words_of(KeepCause cause) {
  switch (cause) {
    case KeepCause::policy: return "by name";
    case KeepCause::loaded: return "loaded";
    case KeepCause::used: return "used before";
    case KeepCause::boot: return "for boot";
    case KeepCause::hardware: return "hardware";
    case KeepCause::service: return "for services";
    case KeepCause::keep_class: return "by your classes";
    case KeepCause::needed: return "needed by these";
    case KeepCause::alternative: return "with the same alias";
  }
  return "needed by these";
}

std::string causes_in_words(const KeepSet& set) {
  std::vector<std::string> parts;
  for (const auto& [cause, modules] : kept_by_cause(set))
    parts.push_back(fmt::format("{} {}", with_commas(modules), words_of(cause)));
  return parts.empty() ? std::string() : " (" + join(parts, ", ") + ")";
}

/// The positions are counted apart, as `status` and `doors --open` count them.
std::string reach_in_words(const KeepSet& set) {
  const auto reach = closed_by_reach(set);
  std::vector<std::string> parts;
  for (const AttackerPosition position :
       {AttackerPosition::local, AttackerPosition::local_userns}) {
    const auto found = reach.find(position);
    if (found != reach.end())
      parts.push_back(fmt::format("{} that {} can bring in", with_commas(found->second),
                                  position_words(position)));
  }
  return parts.empty() ? std::string() : ", among them " + join(parts, " and ");
}

std::string rarely_in_words(const EverythingElsePlan& plan) {
  std::vector<std::string> names;
  std::int64_t newest = 0;
  for (const RarelyUsed& one : plan.set.rarely) {
    names.push_back(one.module);
    newest = std::max(newest, one.last_seen);
  }
  return fmt::format("Kept although used in one boot alone, the last of them {}: {}",
                     days_before(newest, plan.now), printable(first_few(names, most_listed)));
}

std::string readiness_in_words(const EverythingElsePlan& plan, const Style& style) {
  const UsageReadiness& readiness = plan.readiness;
  if (plan.mode == KeepMode::enforce) return {};
  std::string text = indented(
      "The mode is \"observe\": none of it is denied yet; " + quiet_in_words(readiness, plan.now),
      style);
  if (readiness.ready)
    return text + indented("Ready: " + unbroken("'kmodsec apply --from observe'") +
                               " denies it from then on.",
                           style);
  for (const std::string& reason : readiness.reasons)
    text += indented("Not ready: " + printable(reason), style);
  return text;
}

}  // namespace

std::map<KeepCause, std::size_t> kept_by_cause(const KeepSet& set) {
  std::map<KeepCause, std::size_t> counts;
  for (const KeptForUse& kept : set.kept) ++counts[kept.cause];
  return counts;
}

std::string everything_else_in_words(const EverythingElsePlan& plan, const Style& style) {
  const bool enforces = plan.mode == KeepMode::enforce;
  const KeepSet& set = plan.set;
  std::string text = indented(
      fmt::format("{} {} of {} modules{}, {} {}{}", enforces ? "Keeps" : "Would keep",
                  with_commas(set.kept.size()), with_commas(set.kept.size() + set.closed.size()),
                  causes_in_words(set), enforces ? "closes" : "and close",
                  with_commas(set.closed.size()), reach_in_words(set)),
      style);
  if (!set.rarely.empty()) text += indented(rarely_in_words(plan), style);
  return text + readiness_in_words(plan, style);
}

}  // namespace kmodsec
