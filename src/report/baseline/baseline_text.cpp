// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "model/names.hpp"
#include "report/baseline/baseline_report.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

std::string when(std::int64_t seconds) { return utc_text(seconds) + " UTC"; }

std::string what_differs(const BaselineChange& change) {
  std::vector<std::string> words;
  for (const ChangeAspect aspect : change.aspects) words.emplace_back(to_string(aspect));
  return words.empty() ? std::string{} : " (" + join(words, ", ") + ")";
}

std::string head_of(const BaselineChange& change, const Style& style) {
  const std::string word(to_string(change.kind));
  return paragraph(
      fmt::format("  {} {}{}",
                  change.is_suspicious() ? style.severity(change.severity, word) : word,
                  printable(change.entry().file.path), what_differs(change)),
      4, style);
}

std::string suspicious_text(const BaselineChange& change, const Style& style) {
  return head_of(change, style) +
         paragraph(fmt::format("    {}: {}", to_string(change.severity), printable(change.concern)),
                   6, style);
}

/// Explained changes of one kind in one line each, for an upgrade changes thousands of files.
std::string explained_text(const std::vector<BaselineChange>& changes, const Style& style) {
  std::map<std::string, std::size_t> counts;
  for (const BaselineChange& change : changes) {
    if (change.is_suspicious()) continue;
    const std::string time = change.transaction ? " at " + when(change.transaction->time) : "";
    ++counts[fmt::format("{} {}{}: {}", to_string(change.entry().file.kind), to_string(change.kind),
                         time, printable(change.explanation))];
  }
  if (counts.empty()) return "";
  std::string text = style.bold("Explained") + "\n";
  for (const auto& [what, count] : counts)
    text += paragraph(fmt::format("  {} × {}", count, what), 4, style);
  return text;
}

/// That nothing differs from another host's baseline is no word on what has changed here.
std::string verdict_on_another(const BaselineReport& report, const Style& style) {
  const std::size_t suspicious = report.suspicious();
  const std::string what = report.changes.empty()
                               ? "nothing that was looked at differs from it"
                               : fmt::format("{}, of which {} {} suspicious",
                                             count_of(report.changes.size(), "difference"),
                                             suspicious, suspicious == 1 ? "is" : "are");
  return style.warning("Another host") +
         fmt::format(": this baseline was not recorded on this host; {}.\n", what);
}

std::string verdict_text(const BaselineReport& report, const Style& style) {
  if (report.host == BaselineHost::another) return verdict_on_another(report, style);
  const std::size_t suspicious = report.suspicious();
  if (suspicious > 0)
    return style.bad(fmt::format("{} of {} {} suspicious", suspicious,
                                 count_of(report.changes.size(), "change"),
                                 suspicious == 1 ? "is" : "are")) +
           "\n";
  if (!report.unseen.empty())
    return style.warning("Unknown") + ": not everything could be looked at.\n";
  const bool lacks_folders = report.baseline.format == format_without_folders;
  if (report.changes.empty())
    return style.good("Nothing has changed") + (lacks_folders ? " of what is recorded.\n" : ".\n");
  return style.good("Every change is explained") + fmt::format(": {}.\n", report.changes.size());
}

std::string signature_text(const BaselineTrust& trust) {
  const std::string age = trust.is_expected ? ", as expected" : "";
  if (!trust.is_signed) return "not signed" + age;
  if (trust.signed_by.empty()) return "with a signature that was not checked" + age;
  return "signed by " + trust.signed_by.substr(0, 16) + ", which was checked" +
         (trust.is_expected ? age : "; that it is the newest was not");
}

std::string title_text(const BaselineReport& report) {
  const Baseline& baseline = report.baseline;
  const std::string files = count_of(report.files, "file");
  if (baseline.generation == 0) return files + " against a list of digests";
  return fmt::format("{} against generation {} of {}, {}", files, baseline.generation,
                     when(baseline.time), signature_text(report.trust));
}

}  // namespace

std::string print_drift_text(const BaselineReport& report, const Style& style) {
  std::string text = paragraph(title_text(report), 2, style);
  for (const std::string& warning : report.warnings)
    text += paragraph(style.warning("Warning") + ": " + printable(warning), 2, style);
  std::string suspicious;
  for (const BaselineChange& change : report.changes) {
    if (change.is_suspicious()) suspicious += suspicious_text(change, style);
  }
  if (!suspicious.empty()) text += "\n" + style.bold("Suspicious") + "\n" + suspicious;
  if (const std::string explained = explained_text(report.changes, style); !explained.empty())
    text += "\n" + explained;
  return text + print_gaps(report.unseen, style) + "\n" + verdict_text(report, style);
}

std::string print_summary_text(const BaselineSummary& summary, const Style& style) {
  const Baseline& baseline = summary.baseline;
  std::map<std::pair<std::string, BaselineKind>, std::size_t> counts;
  for (const BaselineEntry& entry : baseline.entries)
    ++counts[{entry.file.kernel, entry.file.kind}];
  std::string text =
      print_accepted_text(summary, style) +
      paragraph(style.bold(fmt::format("Generation {}", baseline.generation)) +
                    fmt::format(" of {}: {}", when(baseline.time), printable(baseline.reason)),
                2, style) +
      paragraph("  digest " + printable(baseline.digest), 4, style) +
      paragraph("  " + signature_text(summary.trust), 4, style);
  if (baseline.format == format_without_folders)
    text += paragraph("  folders and host not recorded: an older kmodsec made it", 4, style);
  for (const auto& [what, count] : counts)
    text += paragraph(fmt::format("  {:>6} × {}{}", count, to_string(what.second),
                                  what.first.empty() ? "" : " of " + printable(what.first)),
                      11, style);
  return text;
}

std::string_view signature_word(const BaselineTrust& trust) {
  if (!trust.is_signed) return "none";
  return trust.signed_by.empty() ? "unchecked" : "checked";
}

std::string change_line(const BaselineChange& change) {
  const std::string& why = change.is_suspicious() ? change.concern : change.explanation;
  return printable(fmt::format("{} {}{}: {}", to_string(change.kind), change.entry().file.path,
                               what_differs(change), why));
}

}  // namespace kmodsec
