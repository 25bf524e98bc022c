// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "model/cves/upstream_version.hpp"
#include "report/cves/cves_report.hpp"
#include "report/loading/position_words.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_cves = 8;

class CvesText {
 public:
  CvesText(const CvesReport& report, const Style& style, CvesDetail detail)
      : report_(report), style_(style), detail_(detail) {}

  std::string print() {
    print_data();
    for (const KernelWithCves& kernel : report_.kernels) print_kernel(kernel);
    for (const ModuleCves& module : report_.modules) print_module(module);
    print_counts();
    print_deniable();
    out_ += print_gaps(report_.unseen, style_);
    return std::move(out_);
  }

 private:
  void print_data() {
    out_ += fmt::format("Tables of {}, {} days old", utc_date(report_.known->date),
                        std::max<std::int64_t>(age_in_days(*report_.known, report_.now), 0));
    if (is_old(*report_.known, report_.now))
      out_ += ": " +
              style_.warning("vulnerabilities published since are not known to this answer") +
              "; newer ones: kmodsec data import FILE, or kmodsec-data.timer";
    out_ += "\n";
  }

  void print_kernel(const KernelWithCves& kernel) {
    out_ += style_.bold(printable(kernel.release));
    if (!kernel.vendor.empty()) out_ += "  " + kernel.vendor;
    if (!kernel.version.empty())
      out_ += fmt::format(" {}, by {}", printable(kernel.version), printable(kernel.source));
    out_ += "\n";
    if (!kernel.why_not.empty())
      out_ += "  " + style_.warning(wrap(printable(kernel.why_not), 2)) + "\n";
    if (kernel.newer_than_data)
      out_ += "  " +
              style_.warning("this kernel is newer than the tables" + end_of_branch(kernel)) + "\n";
  }

  /// Of the kernel's branch: what the tables say of earlier releases still holds.
  std::string end_of_branch(const KernelWithCves& kernel) const {
    const auto version = parse_upstream_version(kernel.version);
    if (!version) return {};
    const auto& branches = report_.known->branches;
    const auto found = std::ranges::find(branches, version->branch(), &KnownBranch::name);
    if (found == branches.end())
      return fmt::format(", which do not know {}: only fixes from before it count",
                         version->branch());
    return fmt::format(", which end at {}.{}: only the fixes up to there count", found->name,
                       found->patch);
  }

  void print_module(const ModuleCves& module) {
    const bool is_loaded = module.loaded.value_or(false);
    out_ += fmt::format("\n{}  {}", style_.bold(printable(module.name)),
                        state_words(load_state_of(module), is_loaded));
    if (module.presence != Presence::absent || is_loaded)
      out_ += fmt::format("; {}{}{}", position_words(module.position),
                          module.trigger.empty() ? "" : ": ", printable(module.trigger));
    if (report_.kernels.size() > 1) out_ += "  " + style_.faint(printable(module.kernel));
    out_ += "\n";
    const std::size_t shown = detail_ == CvesDetail::verdicts
                                  ? module.cves.size()
                                  : std::min(module.cves.size(), most_cves);
    for (std::size_t i = 0; i < shown; ++i) print_cve(module.cves[i]);
    if (shown < module.cves.size())
      out_ += fmt::format("  and {} more: kmodsec cves {}\n", module.cves.size() - shown,
                          printable(module.name));
    if (detail_ == CvesDetail::verdicts)
      out_ += fmt::format("  vulnerabilities: {}\n", words_of(module.counts));
    for (const Mitigation& line : module.mitigations)
      out_ += "  → " + wrap(printable(line.words), 4) + "\n";
  }

  std::string painted(VexStatus status) const {
    const std::string word = fmt::format("{:<13}", words_of(status));
    if (status == VexStatus::affected) return style_.bad(word);
    return status == VexStatus::under_investigation ? style_.warning(word) : style_.good(word);
  }

  void print_cve(const CveAnswer& answer) {
    out_ += fmt::format("  {:<16}{}{:<23}{}\n", cve_id(*answer.cve), painted(answer.verdict.status),
                        words_of(answer.cve->exploit), printable(answer.verdict.words));
  }

  void print_counts() {
    if (std::ranges::none_of(report_.kernels, &KernelWithCves::has_modules)) return;
    const CveCounts& counts = report_.counts;
    out_ += fmt::format(
        "\nOpen vulnerabilities: {} affected, {} cannot tell; with an exploit: {}; modules: {}\n",
        counts.affected, counts.under_investigation, counts.notable, counts.modules);
  }

  void print_deniable() {
    if (report_.deniable.empty()) return;
    out_ += fmt::format("\nA deny closes these: {}\n  [deny]\n  modules = [\"{}\"]\n",
                        style_.bold("kmodsec deny --notable"), join(report_.deniable, "\", \""));
  }

  const CvesReport& report_;
  const Style& style_;
  CvesDetail detail_;
  std::string out_;
};

}  // namespace

std::string print_cves_text(const CvesReport& report, const Style& style, CvesDetail detail) {
  return CvesText(report, style, detail).print();
}

}  // namespace kmodsec
