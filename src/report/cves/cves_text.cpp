// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "model/cves/upstream_version.hpp"
#include "report/cves/cves_report.hpp"
#include "report/loading/position_words.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_cves = 8;
constexpr std::size_t most_modules_in_full = 10;
constexpr std::size_t most_names = 12;
constexpr std::size_t least = 28;

class CvesText {
 public:
  CvesText(const CvesReport& report, const Style& style, CvesDetail detail)
      : report_(report), style_(style), detail_(detail) {}

  std::string print() {
    print_data();
    if (report_.kernels.empty())
      out_ += report_.unseen.empty() ? "No kernel is installed here.\n"
                                     : "No kernel was found whose modules could be looked at.\n";
    for (const KernelWithCves& kernel : report_.kernels) print_kernel(kernel);
    print_counts();
    if (detail_ == CvesDetail::open && report_.modules.size() > most_modules_in_full) {
      print_rows();
      print_mitigations();
    } else {
      for (const ModuleCves& module : report_.modules) print_module(module);
    }
    print_deniable();
    out_ += print_gaps(report_.unseen, style_);
    return std::move(out_);
  }

 private:
  void print_data() {
    std::string text = fmt::format("Tables of {}, {} old", utc_date(report_.known->date),
                                   count_of(age_in_days(*report_.known, report_.now), "day"));
    if (is_old(*report_.known, report_.now))
      text += ": " +
              style_.warning("vulnerabilities published since are not known to this answer") +
              "; newer ones: kmodsec data import FILE, or kmodsec-data.timer";
    out_ += paragraph(text, 2, style_);
  }

  void print_kernel(const KernelWithCves& kernel) {
    std::string text = style_.bold(printable(kernel.release));
    if (!kernel.vendor.empty()) text += "  " + kernel.vendor;
    if (!kernel.version.empty())
      text += fmt::format(" {}, by {}", printable(kernel.version), printable(kernel.source));
    out_ += paragraph(text, 2, style_);
    if (!kernel.why_not.empty())
      out_ += paragraph("  " + style_.warning(printable(kernel.why_not)), 2, style_);
    if (kernel.newer_than_data)
      out_ += paragraph(
          "  " + style_.warning("this kernel is newer than the tables" + end_of_branch(kernel)), 2,
          style_);
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
    return fmt::format(
        ", which know each fix up to {}.{}: of later ones count those that they name", found->name,
        found->patch);
  }

  std::string heading(const ModuleCves& module) const {
    const bool is_loaded = module.loaded.value_or(false);
    std::string text =
        style_.bold(printable(module.name)) + "  " + state_words(load_state_of(module), is_loaded);
    if (module.presence != Presence::absent || is_loaded)
      text += fmt::format("; {}{}{}", position_words(module.position),
                          module.trigger.empty() ? "" : ": ", printable(module.trigger));
    if (report_.kernels.size() > 1) text += "  " + style_.faint(printable(module.kernel));
    return paragraph(text, 2, style_);
  }

  void print_module(const ModuleCves& module) {
    out_ += "\n" + heading(module);
    const std::size_t shown = detail_ == CvesDetail::verdicts
                                  ? module.cves.size()
                                  : std::min(module.cves.size(), most_cves);
    Table table({{}, {}, {}, {.least = least}}, 2);
    for (std::size_t i = 0; i < shown; ++i) {
      const CveAnswer& answer = module.cves[i];
      table.add({cve_id(*answer.cve), painted(answer.verdict.status),
                 std::string(words_of(answer.cve->exploit)), printable(answer.verdict.words)});
    }
    out_ += table.print(style_);
    if (shown < module.cves.size())
      out_ += paragraph(fmt::format("  and {} more: kmodsec cves {}", module.cves.size() - shown,
                                    printable(module.name)),
                        4, style_);
    if (detail_ == CvesDetail::verdicts)
      out_ += paragraph("  vulnerabilities: " + words_of(module.counts), 4, style_);
    for (const Mitigation& line : module.mitigations)
      out_ += paragraph("  → " + printable(line.words), 4, style_);
  }

  /// A row for each module, its worst vulnerability first.
  void print_rows() {
    const bool with_kernel = report_.kernels.size() > 1;
    Table table({{.title = "Module"},
                 {.title = "Kernel"},
                 {.title = "Open", .is_number = true},
                 {.title = "Worst", .least = least},
                 {.title = "Within reach of", .least = least}});
    for (const ModuleCves& module : report_.modules)
      table.add({printable(module.name), with_kernel ? printable(module.kernel) : std::string(),
                 std::to_string(module.counts.open()), worst_of(module),
                 state_words(load_state_of(module), module.loaded.value_or(false)) + "; " +
                     position_words(module.position)});
    out_ += "\n" + table.print(style_) +
            paragraph("To see them all: 'kmodsec cves MODULE'.", 0, style_);
  }

  std::string worst_of(const ModuleCves& module) const {
    if (module.cves.empty()) return {};
    const CveAnswer& worst = module.cves.front();
    const bool has_exploit = worst.cve->exploit != Exploit::none;
    return fmt::format("{} {}{}{}", cve_id(*worst.cve), painted(worst.verdict.status),
                       has_exploit ? ", " : "",
                       has_exploit ? words_of(worst.cve->exploit) : std::string_view());
  }

  /// What is said of several modules is said once, with their names.
  void print_mitigations() {
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::string>> modules;
    for (const ModuleCves& module : report_.modules) {
      for (const Mitigation& line : module.mitigations) {
        std::vector<std::string>& names = modules[sentence_of(line, module)];
        if (names.empty()) order.push_back(sentence_of(line, module));
        names.push_back(printable(module.name));
      }
    }
    if (order.empty()) return;
    out_ += "\n" + style_.bold("What helps") + "\n";
    for (const std::string& sentence : order)
      out_ +=
          paragraph("  → " + sentence + ": " + first_few(modules[sentence], most_names), 4, style_);
  }

  /// A command that names the module would make a sentence for each.
  static std::string sentence_of(const Mitigation& line, const ModuleCves& module) {
    std::string words = printable(line.words);
    const std::string name = " " + printable(module.name);
    if (words.ends_with("kmodsec deny" + name))
      words.replace(words.size() - name.size(), name.size(), " MODULE");
    return words;
  }

  std::string painted(VexStatus status) const {
    const std::string_view word = words_of(status);
    if (status == VexStatus::affected) return style_.bad(word);
    return status == VexStatus::under_investigation ? style_.warning(word) : style_.good(word);
  }

  /// Before the modules, which may be more than a screen.
  void print_counts() {
    if (std::ranges::none_of(report_.kernels, &KernelWithCves::has_modules)) return;
    const CveCounts& counts = report_.counts;
    const std::size_t hidden = counts.under_investigation - shown_undecided();
    out_ += paragraph(
        fmt::format("Open vulnerabilities: {} affected, {} cannot tell; with an exploit: {}; "
                    "modules: {}",
                    counts.affected, counts.under_investigation, counts.notable, counts.modules),
        2, style_);
    if (hidden > 0)
      out_ += paragraph(
          fmt::format("Not listed here, as nobody can tell: {}. 'kmodsec cves --all' lists each, "
                      "'kmodsec cves --reachable' those that others than root reach.",
                      hidden),
          2, style_);
  }

  std::size_t shown_undecided() const {
    std::size_t shown = 0;
    for (const ModuleCves& module : report_.modules)
      shown +=
          static_cast<std::size_t>(std::ranges::count_if(module.cves, [](const CveAnswer& answer) {
            return answer.verdict.status == VexStatus::under_investigation;
          }));
    return std::min(shown, report_.counts.under_investigation);
  }

  void print_deniable() {
    if (report_.deniable.empty()) return;
    std::vector<std::string> quoted;
    for (const std::string& module : report_.deniable) quoted.push_back("\"" + module + "\"");
    out_ += "\n" +
            paragraph("A deny closes these: " + style_.bold(unbroken("kmodsec deny --notable")), 2,
                      style_) +
            "  [deny]\n" + paragraph("  modules = [" + join(quoted, ", ") + "]", 4, style_);
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
