// SPDX-License-Identifier: GPL-2.0-or-later
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/loading/position_words.hpp"
#include "report/paragraph.hpp"
#include "report/status_report.hpp"
#include "report/usage/usage_readiness_report.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t status_label_width = 10;

class StatusText {
 public:
  StatusText(const HostStatus& status, const Style& style)
      : status_(status), facts_(*status.facts), style_(style) {}

  std::string glance() const {
    const bool has_modules = !lacks_module_support(facts_);
    return paragraph(style_.bold(verdict()), 2, style_) + row("Kernel", kernel()) +
           (has_modules ? row("Loaded", loaded()) + row("Reach", reach()) : std::string()) +
           undecided() + row("Baseline", baseline()) +
           (status_.everything_else ? row("Policy", policy(*status_.everything_else)) : "");
  }

  std::string print() const { return glance() + steps() + gaps(); }

 private:
  std::string row(std::string_view label, std::string_view text) const {
    return labelled(label, text, {.width = status_label_width}, style_);
  }

  std::size_t failed(Severity severity) const {
    return status_.failed[static_cast<std::size_t>(severity)];
  }

  /// What somebody answers for is not seen either.
  bool saw_everything() const { return status_.unseen.empty() && status_.waived_gaps.empty(); }

  std::string verdict() const {
    const std::size_t grave = failed(Severity::critical) + failed(Severity::high);
    const std::size_t lesser = failed(Severity::medium) + failed(Severity::low);
    const std::string known =
        failed(Severity::critical) > 0
            ? fmt::format("Act: {} of critical severity failed, {} of high, {} lesser",
                          count_of(failed(Severity::critical), "check"), failed(Severity::high),
                          lesser)
        : grave > 0  ? fmt::format("Act: {} of high severity failed, {} lesser",
                                   count_of(grave, "check"), lesser)
        : lesser > 0 ? fmt::format("Nothing urgent was found: {} of medium or low severity failed",
                                   count_of(lesser, "check"))
        : saw_everything() && status_.unknown == 0 ? "Nothing found"
                                                   : "Nothing found in what could be seen";
    return status_.unknown == 0
               ? known
               : fmt::format("{}; {} could not judge", known, count_of(status_.unknown, "check"));
  }

  std::string kernel() const {
    const KernelState& kernel = facts_.kernel;
    std::string text = printable(kernel.release.value_or("of unknown release"));
    if (!facts_.live) return "none runs: this is a tree of files";
    if (lacks_module_support(facts_)) return fmt::format("{}: {}", text, no_module_support);
    if (kernel.modules_disabled.value_or(false))
      return text + ": no module loads until the next boot";
    if (!kernel.sig_enforce && !kernel.lockdown)
      return text + ": whether unsigned modules load is unknown";
    const bool enforced = kernel.sig_enforce.value_or(false) ||
                          kernel.lockdown.value_or(Lockdown::none) != Lockdown::none;
    return text + (enforced ? ": only signed modules load" : ": unsigned modules load too");
  }

  static std::string known(const std::optional<std::size_t>& count, std::string_view what) {
    return count ? fmt::format("{} {}", *count, what) : fmt::format("{} unknown", what);
  }

  std::string loaded() const {
    if (!facts_.live && !facts_.loaded) return "none: no kernel runs in a tree of files";
    if (!facts_.loaded) return "unknown: " + printable(facts_.loaded.error().reason);
    return fmt::format("{}; {}, {}", count_of(facts_.loaded->size(), "module"),
                       known(status_.not_signed, "unsigned"),
                       known(status_.unexplained, "unexplained"));
  }

  std::string reach() const {
    if (status_.reach.empty())
      return saw_everything()
                 ? "nobody but root can bring in another module"
                 : "as far as could be seen, nobody but root can bring in another module";
    std::vector<std::string> parts;
    for (const Reach& reach : status_.reach)
      parts.push_back(fmt::format("{} by {}", reach.modules, position_words(reach.position)));
    return "other modules that can be brought in: " + join(parts, ", ");
  }

  std::string undecided() const {
    const std::size_t count = status_.undecided_cves.value_or(0);
    if (count == 0) return {};
    return row("CVEs",
               fmt::format("{} of which nobody can tell: 'kmodsec cves --all' lists each", count));
  }

  std::string baseline() const {
    if (!facts_.baseline) return "unknown: " + printable(facts_.baseline.error().reason);
    const BaselineStatus& baseline = *facts_.baseline;
    if (!baseline.exists) return "none: what changes is not noticed";
    if (!baseline.flaw.empty()) return "cannot be trusted: " + printable(baseline.flaw);
    if (is_of_another_host(baseline, facts_.host))
      return "of another host: what changes here is not noticed";
    if (!baseline.check)
      return fmt::format("of {}, no check of it is noted", utc_date(baseline.time));
    return fmt::format("{} when it was last checked, {}", found_by(*baseline.check),
                       utc_date(baseline.check->time));
  }

  static std::string found_by(const BaselineCheck& check) {
    if (check.suspicious > 0)
      return count_of(static_cast<std::size_t>(check.suspicious), "suspicious change");
    return check.unseen > 0 ? "nothing suspicious in what could be seen" : "nothing suspicious";
  }

  std::string policy(const UsageReadiness& readiness) const {
    if (facts_.policy->keep.mode == KeepMode::enforce)
      return "denies every module that this host does not keep";
    const std::string text =
        "observes what it would deny; " + quiet_in_words(readiness, facts_.time);
    return readiness.ready ? text + "; ready: kmodsec apply --from observe" : text;
  }

  std::string steps() const {
    std::string text;
    for (const NextStep& step : status_.next)
      text += paragraph(fmt::format("{:<{}}{}", text.empty() ? "Next" : "", status_label_width,
                                    style_.good(unbroken(step.command))),
                        status_label_width, style_) +
              paragraph(std::string(status_label_width + 2, ' ') + step.why, status_label_width + 2,
                        style_);
    return text;
  }

  std::string gaps() const {
    std::set<std::string_view> things;
    for (const Unseen& gap : status_.unseen) things.insert(gap.what);
    std::set<std::string_view> waived;
    for (const WaivedGap& one : status_.waived_gaps) waived.insert(one.gap.what);
    if (things.empty() && waived.empty()) return "";
    const std::string count =
        things.empty() ? count_of(waived.size(), "waived thing")
        : waived.empty()
            ? count_of(things.size(), "thing")
            : fmt::format("{}, and {} waived", count_of(things.size(), "thing"), waived.size());
    return row("Not seen", count + ": 'kmodsec audit' names them");
  }

  const HostStatus& status_;
  const Facts& facts_;
  const Style& style_;
};

}  // namespace

std::string print_status_text(const HostStatus& status, const Style& style) {
  return StatusText(status, style).print();
}

std::string print_glance(const HostStatus& status, const Style& style) {
  return StatusText(status, style).glance();
}

}  // namespace kmodsec
