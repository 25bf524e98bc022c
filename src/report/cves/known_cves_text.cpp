// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/cves/known_cves_report.hpp"
#include "report/json.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

std::size_t count_with(const KnownCves& tables, Exploit exploit) {
  return static_cast<std::size_t>(std::ranges::count(tables.cves, exploit, &KnownCve::exploit));
}

std::size_t count_in_modules(const KnownCves& tables) {
  return static_cast<std::size_t>(std::ranges::count_if(
      tables.cves, [](const KnownCve& cve) { return !cve.modules.starts_with('@'); }));
}

std::string age_text(const KnownCvesReport& report, const Style& style) {
  const std::string text = count_of(age_in_days(report.tables, report.now), "day") + " old";
  return is_old(report.tables, report.now) ? style.warning(text) : text;
}

/// '-' stands for what is not known.
std::string source_text(const CveSource& source, const Style& style) {
  std::string text = "  " + printable(source.name);
  if (source.revision != "-") text += " " + printable(source.revision);
  if (source.date != "-") text += " of " + printable(source.date);
  return paragraph(text + " (" + printable(source.licence) + ")", 4, style);
}

Json source_json(const CveSource& source) {
  return {{"name", source.name},
          {"revision", source.revision},
          {"date", source.date},
          {"licence", source.licence}};
}

}  // namespace

std::string print_known_cves_text(const KnownCvesReport& report, const Style& style) {
  const KnownCves& tables = report.tables;
  std::string text =
      paragraph(style.bold("Known vulnerabilities:") + " " +
                    (report.path.empty() ? "compiled in" : printable(report.path)),
                2, style) +
      paragraph(
          fmt::format("  newest record of {}, {}", utc_date(tables.date), age_text(report, style)),
          4, style) +
      paragraph(fmt::format("  {} vulnerabilities, {} of them in modules; {} exploited, {} more "
                            "with a public exploit",
                            tables.cves.size(), count_in_modules(tables),
                            count_with(tables, Exploit::in_the_wild),
                            count_with(tables, Exploit::published)),
                4, style);
  text += style.bold("Sources:") + "\n";
  for (const CveSource& source : tables.sources) text += source_text(source, style);
  return text + print_gaps(report.unseen, style);
}

std::string print_known_cves_json(const KnownCvesReport& report) {
  const KnownCves& tables = report.tables;
  Json sources = Json::array();
  for (const CveSource& source : tables.sources) sources.push_back(source_json(source));
  Json document = json_document("data", report.machine);
  document["path"] = text_or_null(report.path);
  document["date"] = utc_date(tables.date);
  document["age_days"] = age_in_days(tables, report.now);
  document["cves"] = tables.cves.size();
  document["in_modules"] = count_in_modules(tables);
  document["exploited"] = count_with(tables, Exploit::in_the_wild);
  document["published_exploit"] = count_with(tables, Exploit::published);
  document["sources"] = std::move(sources);
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

}  // namespace kmodsec
