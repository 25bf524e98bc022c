// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/kernel/taint.hpp"
#include "model/names.hpp"
#include "report/audit_comparison_text.hpp"
#include "report/audit_outcomes.hpp"
#include "report/audit_report.hpp"
#include "report/audit_waivers.hpp"
#include "report/paragraph.hpp"
#include "report/status_report.hpp"

namespace kmodsec {
namespace {

constexpr LabelColumn labels{.indent = 2, .width = 16};
constexpr std::size_t id_column = 10;
constexpr std::size_t remedy_indent = 7;
constexpr std::size_t most_findings_shown = 5;
constexpr std::size_t most_findings_in_full = 50;
constexpr std::size_t most_evidence_in_full = 50;
constexpr std::size_t most_gaps_shown = 5;
constexpr std::size_t log_lines_shown = 5;

class AuditText {
 public:
  AuditText(const AuditReport& report, const HostStatus& status, const Style& style, bool verbose)
      : report_(report), status_(status), facts_(*report.facts), style_(style), verbose_(verbose) {}

  std::string print() {
    out_ += print_audit_head(facts_, style_) + print_glance(status_, style_);
    if (report_.comparison) out_ += print_comparison_head(*report_.comparison, style_);
    if (verbose_) details();
    failures();
    if (report_.comparison)
      out_ += print_earlier_findings(*report_.comparison, most_findings_in_full, style_);
    out_ += print_waivers(report_, style_);
    gaps();
    if (verbose_) out_ += print_audit_outcomes(report_, style_);
    summary();
    return std::move(out_);
  }

 private:
  void line(std::string_view text, std::size_t indent = 4) {
    out_ += paragraph(text, indent, style_);
  }

  void row(std::string_view label, const std::string& value) {
    out_ += labelled(label, value, labels, style_);
  }

  template <class T, class Show>
  void fact(std::string_view label, const Seen<T>& seen, Show show) {
    row(label, seen ? show(*seen)
                    : style_.warning("unknown") +
                          style_.faint(" (" + printable(seen.error().reason) + ")"));
  }

  std::string on_off(bool on, std::string_view yes, std::string_view no) const {
    return on ? style_.good(yes) : style_.warning(no);
  }

  void details() {
    line("");
    title();
    if (facts_.live) posture();
    log();
  }

  void title() {
    const KernelState& kernel = facts_.kernel;
    if (!facts_.live) {
      std::vector<std::string> releases;
      for (const ModuleTree& tree : facts_.trees) releases.push_back(tree.release);
      line(style_.bold("No running kernel: a tree of files") +
           ", kernels installed: " + printable(releases.empty() ? "none" : join(releases, ", ")));
      return;
    }
    line(style_.bold("Kernel " + printable(kernel.release.value_or("unknown"))) + "  " +
         printable(kernel.version.value_or("")) + "  " + printable(kernel.arch.value_or("")));
  }

  void posture() {
    const KernelState& kernel = facts_.kernel;
    if (lacks_module_support(facts_)) {
      row("modules", fmt::format("{}: {}", style_.good("not supported"), no_module_support));
    } else {
      fact("modules", facts_.loaded,
           [&](const auto& loaded) { return fmt::format("{} loaded", loaded.size()); });
      fact("loading", kernel.modules_disabled, [&](bool disabled) {
        return on_off(disabled, "frozen until the next boot", "open (modules_disabled is 0)");
      });
      fact("signatures", kernel.sig_enforce, [&](bool enforced) {
        const bool locked = kernel.lockdown.value_or(Lockdown::none) != Lockdown::none;
        return on_off(enforced || locked, enforced ? "enforced" : "enforced by lockdown",
                      "not enforced: unsigned modules are accepted");
      });
      fact("modprobe helper", kernel.modprobe_helper, [](const ModprobeHelper& helper) {
        return helper.path.empty() ? std::string("none: nothing is loaded on demand")
                                   : printable(helper.path);
      });
    }
    fact("lockdown", kernel.lockdown,
         [&](Lockdown level) { return on_off(level != Lockdown::none, to_string(level), "none"); });
    fact("Secure Boot", kernel.secure_boot, [&](SecureBoot state) {
      return state == SecureBoot::unsupported
                 ? std::string("unsupported (not started through EFI)")
                 : on_off(state == SecureBoot::enabled, "enabled", "disabled");
    });
    fact("taint", kernel.taint, [&](std::uint64_t taint) { return taint_text(taint); });
  }

  std::string taint_text(std::uint64_t taint) const {
    if (taint == 0) return style_.good("none");
    std::vector<std::string> flags;
    for (const TaintFlag& flag : decode_taint(taint))
      flags.push_back(fmt::format("{} ({})", flag.letter, flag.meaning));
    return style_.warning(std::to_string(taint)) + ": " + join(flags, ", ");
  }

  void log() {
    const auto& log = facts_.kernel.log;
    if (!log || log->empty()) return;
    line("");
    line(style_.bold("Kernel log"));
    const std::size_t from = log->size() - std::min(log->size(), log_lines_shown);
    if (from > 0) line(fmt::format("  … {} earlier lines in --format json", from));
    for (std::size_t i = from; i < log->size(); ++i) {
      const KernelLogLine& entry = (*log)[i];
      line(fmt::format("  [{:>10.6f}] {}", static_cast<double>(entry.microseconds) / 1e6,
                       printable(entry.text)));
    }
  }

  bool has_new(std::string_view check) const {
    return std::ranges::any_of(report_.results, [&](const CheckResult& result) {
      return result.check->id == check && result.new_findings > 0;
    });
  }

  /// Those that another explains come with that one, unless everything is asked for, or the other
  /// is known and these are new.
  bool is_shown(const CheckResult& result) const {
    if (result.verdict.status != Status::fail) return false;
    return verbose_ || result.cause.empty() || (result.new_findings > 0 && !has_new(result.cause));
  }

  /// What is new comes first, then what is grave.
  void failures() {
    std::vector<const CheckResult*> failed;
    for (const CheckResult& result : report_.results) {
      if (is_shown(result)) failed.push_back(&result);
    }
    std::ranges::stable_sort(failed, std::ranges::greater{}, [](const CheckResult* result) {
      return std::pair(result->new_findings > 0, result->check->severity);
    });
    for (const CheckResult* result : failed) failure(*result);
  }

  void failure(const CheckResult& result) {
    const Check& check = *result.check;
    line("");
    line(fmt::format(
             "{}  {}  {}",
             style_.severity(check.severity, fmt::format("{:<8}", to_string(check.severity))),
             check.id, style_.bold(check.fault)),
         id_column + check.id.size() + 2);
    const auto& findings = result.verdict.findings;
    const std::size_t most = verbose_ ? most_findings_in_full : most_findings_shown;
    const std::size_t shown = std::min(findings.size(), most);
    for (std::size_t i = 0; i < shown; ++i) finding(findings[i], age(i < result.new_findings));
    if (shown < findings.size())
      line(fmt::format("  … and {} more in --format json", findings.size() - shown));
    consequences(check);
    line("  fix: " + style_.good(unbroken(result.command)), remedy_indent);
    if (verbose_) line(std::string(remedy_indent, ' ') + std::string(check.remedy), remedy_indent);
  }

  /// Only a comparison tells the new from the known.
  std::string_view age(bool is_new) const {
    if (!report_.comparison) return {};
    return is_new ? "new: " : "known: ";
  }

  void finding(const Finding& finding, std::string_view age) {
    line(fmt::format("  {} {}{}: {}", style_.bad("✗"), age, style_.bold(printable(finding.subject)),
                     printable(finding.message)));
    const std::size_t most = verbose_ ? most_evidence_in_full : 1;
    const std::size_t shown = std::min(finding.evidence.size(), most);
    for (std::size_t i = 0; i < shown; ++i)
      line(style_.faint("    " + evidence_text(finding.evidence[i])), 6);
    if (verbose_ && shown < finding.evidence.size())
      line(style_.faint(
          fmt::format("    … and {} more in --format json", finding.evidence.size() - shown)));
  }

  void consequences(const Check& cause) {
    std::vector<std::string> ids;
    for (const CheckResult& result : report_.results) {
      if (result.cause == cause.id) ids.emplace_back(result.check->id);
    }
    if (!ids.empty()) line("  which also fails " + join(ids, ", "));
  }

  static std::string evidence_text(const Evidence& evidence) {
    std::string place = printable(evidence.source);
    if (evidence.line) place += fmt::format(":{}", *evidence.line);
    return evidence.value.empty() ? place : place + " → " + printable(evidence.value);
  }

  bool is_new(const Unseen& gap) const {
    return report_.comparison && std::ranges::binary_search(report_.comparison->new_gaps, gap);
  }

  void gaps() {
    if (report_.unseen.empty()) return;
    line("");
    line(style_.bold("Could not be seen") + ", so nothing is said of it");
    std::vector<Unseen> gaps = report_.unseen;
    std::ranges::stable_partition(gaps, [&](const Unseen& gap) { return is_new(gap); });
    const std::size_t shown = verbose_ ? gaps.size() : std::min(gaps.size(), most_gaps_shown);
    for (std::size_t i = 0; i < shown; ++i) {
      const Unseen& gap = gaps[i];
      line(fmt::format("  {} {}{}: {}", style_.warning("?"), age(is_new(gap)), printable(gap.what),
                       printable(gap.why)));
    }
    if (shown < gaps.size())
      line(fmt::format("  … and {} more with --verbose", gaps.size() - shown));
  }

  void summary() {
    std::array<int, 5> count{};
    std::size_t findings = 0;
    for (const CheckResult& result : report_.results) {
      ++count[static_cast<std::size_t>(result.verdict.status)];
      findings += result.verdict.findings.size();
    }
    line("");
    const std::string all = count[1] > 0 ? fmt::format(" ({} in all)", findings) : "";
    const std::string waived = count[4] > 0 ? fmt::format("{} waived, ", count[4]) : "";
    line(fmt::format("Checks: {} passed, {} with findings{}, {}{} unknown, {} not applicable",
                     count[0], count[1], all, waived, count[2], count[3]));
    if (count[1] + count[2] > 0)
      line(style_.faint(
          "'kmodsec audit --verbose' shows all evidence; 'kmodsec explain ID' tells why"));
  }

  const AuditReport& report_;
  const HostStatus& status_;
  const Facts& facts_;
  const Style& style_;
  const bool verbose_;
  std::string out_;
};

}  // namespace

std::string print_audit_text(const AuditReport& report, const HostStatus& status,
                             const Style& style, bool verbose) {
  return AuditText(report, status, style, verbose).print();
}

}  // namespace kmodsec
