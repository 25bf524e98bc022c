// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/cves/holes_report.hpp"
#include "report/loading/reach_words.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_holes = 8;

/// How the module stands in this kernel.
std::string_view standing_of(const ModuleHoles& module) {
  if (module.presence == Presence::absent) return "not in this kernel";
  if (module.presence == Presence::builtin) return "built in";
  if (module.loaded.value_or(false)) return "loaded";
  return module.denied ? "denied" : "can be loaded";
}

class HolesText {
 public:
  HolesText(const HolesReport& report, const Style& style, HolesDetail detail)
      : report_(report), style_(style), detail_(detail) {}

  std::string print() {
    print_data();
    for (const KernelWithHoles& kernel : report_.kernels) print_kernel(kernel);
    for (const ModuleHoles& module : report_.modules) print_module(module);
    print_counts();
    print_deniable();
    out_ += print_gaps(report_.unseen, style_);
    return std::move(out_);
  }

 private:
  void print_data() {
    out_ += fmt::format("Tables of {}, {} days old\n", utc_date(report_.known->date),
                        std::max<std::int64_t>(age_in_days(*report_.known, report_.now), 0));
    if (is_old(*report_.known, report_.now))
      out_ += style_.warning("  older than 60 days: holes published since are not told") + "\n";
  }

  void print_kernel(const KernelWithHoles& kernel) {
    out_ += style_.bold(printable(kernel.release));
    if (!kernel.vendor.empty()) out_ += "  " + kernel.vendor;
    if (!kernel.version.empty())
      out_ += fmt::format(" {}, by {}", printable(kernel.version), printable(kernel.source));
    out_ += "\n";
    if (!kernel.why_not.empty())
      out_ += "  " + style_.warning(wrap(printable(kernel.why_not), 2)) + "\n";
    if (kernel.newer_than_data)
      out_ += "  " + style_.warning("this kernel is newer than the tables") + "\n";
  }

  void print_module(const ModuleHoles& module) {
    out_ += fmt::format("\n{}  {}", style_.bold(printable(module.name)), standing_of(module));
    if (module.presence != Presence::absent)
      out_ += fmt::format("; {}{}{}", reach_words(module.reach), module.trigger.empty() ? "" : ": ",
                          printable(module.trigger));
    if (report_.kernels.size() > 1) out_ += "  " + style_.faint(printable(module.kernel));
    out_ += "\n";
    const std::size_t shown = detail_ == HolesDetail::verdicts
                                  ? module.holes.size()
                                  : std::min(module.holes.size(), most_holes);
    for (std::size_t i = 0; i < shown; ++i) print_hole(module.holes[i]);
    if (shown < module.holes.size())
      out_ += fmt::format("  and {} more: kmodsec cves {}\n", module.holes.size() - shown,
                          printable(module.name));
    if (module.holes.empty()) out_ += "  the tables name no hole of it\n";
    for (const AdviceLine& line : module.advice)
      out_ += "  → " + wrap(printable(line.words), 4) + "\n";
  }

  std::string painted(HoleStatus status) const {
    const std::string word = fmt::format("{:<13}", words_of(status));
    if (status == HoleStatus::affected) return style_.bad(word);
    return status == HoleStatus::cannot_tell ? style_.warning(word) : style_.good(word);
  }

  void print_hole(const HoleAnswer& answer) {
    out_ +=
        fmt::format("  {:<16}{}{:<23}{}\n", cve_id(*answer.hole), painted(answer.verdict.status),
                    words_of(answer.hole->exploit), printable(answer.verdict.words));
  }

  void print_counts() {
    if (std::ranges::none_of(report_.kernels, &KernelWithHoles::has_modules)) return;
    const HoleCounts& counts = report_.counts;
    out_ +=
        fmt::format("\nOpen holes: {} affected, {} cannot tell; with an exploit: {}; modules: {}\n",
                    counts.affected, counts.cannot_tell, counts.notable, counts.modules);
  }

  void print_deniable() {
    if (report_.deniable.empty()) return;
    out_ += fmt::format("\nNothing here uses these: {}\n  [deny]\n  modules = [\"{}\"]\n",
                        style_.bold("kmodsec deny --notable"), join(report_.deniable, "\", \""));
  }

  const HolesReport& report_;
  const Style& style_;
  HolesDetail detail_;
  std::string out_;
};

}  // namespace

std::string print_holes_text(const HolesReport& report, const Style& style, HolesDetail detail) {
  return HolesText(report, style, detail).print();
}

}  // namespace kmodsec
