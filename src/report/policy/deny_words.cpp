// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/deny_words.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_names = 12;
constexpr std::size_t names_of_more = 10;
constexpr std::size_t most_reasons = 5;

using Reasons = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// The reason for which most modules are kept comes first.
Reasons by_reason(const std::vector<KeptModule>& kept) {
  std::map<std::string, std::vector<std::string>> reasons;
  for (const KeptModule& one : kept) reasons[one.why].push_back(one.module);
  Reasons sorted(reasons.begin(), reasons.end());
  std::ranges::stable_sort(sorted, std::ranges::greater{},
                           [](const auto& reason) { return reason.second.size(); });
  return sorted;
}

std::string kept_in_words(const std::vector<KeptModule>& kept, const Style& style) {
  std::string text;
  const Reasons reasons = by_reason(kept);
  for (std::size_t i = 0; i < std::min(reasons.size(), most_reasons); ++i)
    text += indented(fmt::format("Kept: {} ({})", names_in_words(reasons[i].second),
                                 printable(reasons[i].first)),
                     style);
  if (reasons.size() > most_reasons)
    text +=
        indented(fmt::format("Others are kept for {} more reasons: --format json has all of them",
                             reasons.size() - most_reasons),
                 style);
  return text;
}

}  // namespace

std::string names_in_words(const std::vector<std::string>& names) {
  return printable(
      utf8_text(first_few(names, names.size() > most_names ? names_of_more : names.size())));
}

std::string changes_in_words(const DenyChanges& changes, const Style& style, bool all) {
  const auto words = [&](const std::vector<std::string>& names) {
    return all ? printable(utf8_text(join(names, ", "))) : names_in_words(names);
  };
  std::string text;
  if (!changes.denied.empty())
    text += indented("Denied from now on: " + words(changes.denied), style);
  if (!changes.closed_before.empty())
    text += indented("Denied as well, and closed before: " + words(changes.closed_before), style);
  if (!changes.not_denied.empty())
    text += indented("Not denied any more: " + words(changes.not_denied), style);
  return text;
}

std::string autoload_in_words(const AutoloadPlan& autoload, bool with_costs, const Style& style) {
  std::string text =
      indented(fmt::format("Any local user, or one who may make a user namespace, could have the "
                           "kernel load {}: {} denied, {} kept",
                           count_of(autoload.denied + autoload.kept.size(), "module"),
                           autoload.denied, autoload.kept.size()),
               style);
  text += kept_in_words(autoload.kept, style);
  if (!autoload.uses_are_known)
    text += indented(
        "No kernel runs here, so that what this host uses is not known: only what its boot asks "
        "for is kept.",
        style);
  if (!with_costs) return text;
  for (const std::string_view cost :
       {"Programs of root do not get these modules on demand either: 'kmodsec unblock MODULE' "
        "opens one for a while, 'kmodsec allow MODULE' for good.",
        "A kernel that is installed later may bring more of them: run 'kmodsec apply' after it.",
        "Instead, an empty kernel.modprobe ends every request of the kernel, those of boot and of "
        "root's programs too; kernel.modules_disabled=1 ends all loading until the next boot."})
    text += indented(cost, style);
  return text;
}

std::string opened_in_words(const OpenedModule& opened) {
  const PolicyException& exception = opened.exception;
  return fmt::format("{} may be loaded until {} UTC, {} ({})", printable(exception.module),
                     utc_text(exception.until),
                     opened.ends_alone ? "and is denied again then"
                                       : "and is denied again by the first apply after that",
                     printable(exception.reason));
}

}  // namespace kmodsec
