// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/json.hpp"
#include "report/known_holes_report.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t seconds_of_a_day = 24L * 60 * 60;
constexpr std::int64_t old_after_days = 30;

std::int64_t age_in_days(const KnownHolesReport& report) {
  return (report.now - report.tables.date) / seconds_of_a_day;
}

std::string day_of(const KnownHolesReport& report) {
  return utc_text(report.tables.date).substr(0, 10);
}

std::size_t count_of(const KnownHoles& tables, Exploit exploit) {
  return static_cast<std::size_t>(std::ranges::count(tables.holes, exploit, &HoleRecord::exploit));
}

std::size_t count_in_modules(const KnownHoles& tables) {
  return static_cast<std::size_t>(std::ranges::count_if(
      tables.holes, [](const HoleRecord& hole) { return !hole.modules.starts_with('@'); }));
}

std::string age_text(const KnownHolesReport& report, const Style& style) {
  const std::int64_t days = age_in_days(report);
  const std::string text = fmt::format("{} days old", days);
  return days > old_after_days ? style.warning(text) : text;
}

/// '-' stands for what is not known.
std::string source_text(const HoleSource& source) {
  std::string text = "  " + printable(source.name);
  if (source.revision != "-") text += " " + printable(source.revision);
  if (source.date != "-") text += " of " + printable(source.date);
  return text + " (" + printable(source.licence) + ")\n";
}

Json source_json(const HoleSource& source) {
  return {{"name", source.name},
          {"revision", source.revision},
          {"date", source.date},
          {"licence", source.licence}};
}

}  // namespace

std::string print_known_holes_text(const KnownHolesReport& report, const Style& style) {
  const KnownHoles& tables = report.tables;
  std::string text = fmt::format(
      "{} {}\n  as of {}, {}\n  {} holes, {} of them in modules; {} exploited, {} more with a "
      "public "
      "exploit\n",
      style.bold("Known holes:"), report.path.empty() ? "compiled in" : printable(report.path),
      day_of(report), age_text(report, style), tables.holes.size(), count_in_modules(tables),
      count_of(tables, Exploit::in_the_wild), count_of(tables, Exploit::published));
  text += style.bold("Sources:") + "\n";
  for (const HoleSource& source : tables.sources) text += source_text(source);
  return text + print_gaps(report.unseen, style);
}

std::string print_known_holes_json(const KnownHolesReport& report) {
  const KnownHoles& tables = report.tables;
  Json sources = Json::array();
  for (const HoleSource& source : tables.sources) sources.push_back(source_json(source));
  return print_json({{"schema", "kmodsec.data/1"},
                     {"path", text_or_null(report.path)},
                     {"date", day_of(report)},
                     {"age_days", age_in_days(report)},
                     {"holes", tables.holes.size()},
                     {"in_modules", count_in_modules(tables)},
                     {"exploited", count_of(tables, Exploit::in_the_wild)},
                     {"published_exploit", count_of(tables, Exploit::published)},
                     {"sources", sources},
                     {"unseen", to_json(report.unseen)}});
}

}  // namespace kmodsec
