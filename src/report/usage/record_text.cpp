// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"
#include "report/usage/record_report.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t least = 14;
constexpr std::size_t most_names = 20;

std::int64_t first_time(const UsageRecord& record) {
  std::int64_t first = record.modules.front().first_seen;
  for (const UsedModule& used : record.modules) first = std::min(first, used.first_seen);
  return first;
}

std::int64_t last_time(const UsageRecord& record) {
  std::int64_t last = 0;
  for (const UsedModule& used : record.modules) last = std::max(last, used.last_seen);
  return last;
}

std::string imported_text(const UsageRecord& record) {
  const auto imported = std::ranges::count(record.modules, 0U, &UsedModule::boots);
  return imported == 0 ? "" : fmt::format(", {} of them imported", imported);
}

std::string title_text(const UsageRecord& record) {
  if (record.is_empty()) return "Nothing was recorded yet: 'kmodsec learn record' begins.";
  return fmt::format("The record has {}{}, of {}, from {} to {} UTC.",
                     count_of(record.modules.size(), "module"), imported_text(record),
                     count_of(record.boots.size(), "boot"), utc_text(first_time(record)),
                     utc_text(last_time(record)));
}

std::string boots_text(const UsedModule& used) {
  return used.boots == 0 ? "-" : std::to_string(used.boots);
}

/// Who asked for it last, or where its name is from.
std::string origin_text(const UsedModule& used) {
  if (!used.requesters.empty()) return requester_text(used.requesters.back());
  return used.imported_from.empty() ? "" : "imported from " + printable(used.imported_from);
}

std::string modules_text(const RecordReport& report, const Style& style) {
  Table table({{.title = "Module"},
               {.title = "First seen"},
               {.title = "Last seen"},
               {.title = "Boots", .is_number = true},
               {.title = "Held by", .least = least},
               {.title = "Asked for by", .least = least}});
  for (const UsedModule& used : report.record->modules) {
    if (report.shows(used.module))
      table.add({printable(used.module), utc_date(used.first_seen), utc_date(used.last_seen),
                 boots_text(used), printable(used.held_by), origin_text(used)});
  }
  return table.print(style);
}

std::string stopped_text(const UsageRecord& record, const Style& style) {
  if (!record.observed_since) return "";
  std::string text = paragraph(
      fmt::format("Observed since {} UTC: enforcement would have stopped {}.",
                  utc_text(*record.observed_since), count_of(record.stopped.size(), "module")),
      2, style);
  for (const StoppedLoad& load : record.stopped) {
    const std::string by =
        load.requesters.empty() ? "" : ", for " + requester_text(load.requesters.back());
    text += paragraph(
        fmt::format("  {}: last on {}{}", printable(load.module), utc_date(load.last_seen), by), 4,
        style);
  }
  return text;
}

/// "2 modules are new: fat, vfat."
std::string names_text(std::string_view of_one, std::string_view of_several,
                       const std::vector<std::string>& names, const Style& style) {
  if (names.empty()) return "";
  return paragraph(
      fmt::format("{} {}: {}.", count_of(names.size(), "module"),
                  names.size() == 1 ? of_one : of_several, printable(first_few(names, most_names))),
      2, style);
}

std::string notes_text(const RecordReport& report, const Style& style) {
  std::string text;
  for (const std::string& note : report.notes)
    text += paragraph(style.warning("Note") + ": " + printable(note), 2, style);
  return text + print_gaps(report.unseen, style);
}

}  // namespace

std::string requester_text(const Requester& requester) {
  const std::string user = requester.user ? fmt::format(" {}", *requester.user) : "";
  return fmt::format("{}{}{}{}", to_string(requester.kind), user,
                     requester.detail.empty() ? "" : ": ", printable(requester.detail));
}

std::string print_record_text(const RecordReport& report, const Style& style) {
  if (!report.record) return print_gaps(report.unseen, style);
  std::string text = paragraph(title_text(*report.record), 2, style);
  if (!report.record->is_empty()) text += "\n" + modules_text(report, style);
  if (report.only.empty() && report.record->observed_since)
    text += "\n" + stopped_text(*report.record, style);
  return text + notes_text(report, style);
}

std::string print_record_change_text(const RecordReport& report, const Style& style) {
  std::string text = names_text("is new", "are new", report.added, style) +
                     names_text("was forgotten", "were forgotten", report.removed, style);
  if (text.empty()) text = "Nothing is new.\n";
  if (report.record) text += paragraph(title_text(*report.record), 2, style);
  return text + notes_text(report, style);
}

}  // namespace kmodsec
