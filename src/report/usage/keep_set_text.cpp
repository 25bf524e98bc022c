// SPDX-License-Identifier: GPL-2.0-or-later
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "report/loading/position_words.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"
#include "report/usage/keep_set_report.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t least = 30;

std::string_view cause_heading(KeepCause cause) {
  switch (cause) {
    case KeepCause::policy: return "Named by the policy";
    case KeepCause::loaded: return "Loaded now";
    case KeepCause::used: return "In the record of what was used";
    case KeepCause::boot: return "Needed to boot";
    case KeepCause::hardware: return "Drivers of devices that are there";
    case KeepCause::service: return "Asked for by services";
    case KeepCause::keep_class: return "In a class that the policy keeps";
    case KeepCause::needed: return "Needed by other kept modules";
    case KeepCause::alternative: break;
  }
  return "Other modules that answer the same request";
}

class KeepSetText {
 public:
  KeepSetText(const KeepSetReport& report, const Style& style) : report_(report), style_(style) {}

  std::string print(bool in_full) {
    print_summary();
    print_kept(in_full);
    print_closed(in_full);
    print_rarely();
    print_hosts();
    print_unknown();
    out_ += print_gaps(report_.unseen, style_);
    return std::move(out_);
  }

 private:
  const KeepSet& set() const { return report_.set; }

  void heading(std::string_view text) { out_ += "\n" + style_.bold(text) + "\n"; }

  void print_summary() {
    const std::size_t kept = set().kept.size();
    const std::size_t closed = set().closed.size();
    const std::size_t others = report_.hosts.size();
    out_ +=
        paragraph(!report_.facts->load
                      ? "Nothing is kept and nothing is closed, as the configuration was not seen."
                  : others == 0 ? fmt::format("This host keeps {} of {} and closes {}.", kept,
                                              count_of(kept + closed, "module"), closed)
                                : fmt::format("This host and {} keep {} of {} and close {}.",
                                              count_of(others, "other"), kept,
                                              count_of(kept + closed, "module"), closed),
                  0, style_);
    if (report_.facts->usage) out_ += paragraph(words_of_record(*report_.facts->usage), 0, style_);
  }

  static std::string words_of_record(const UsageRecord& record) {
    if (record.is_empty())
      return "The record of this host is empty: 'kmodsec learn record' begins one.";
    const std::string modules = count_of(record.modules.size(), "module");
    if (record.boots.empty())
      return fmt::format("The record of this host has {}, imported from elsewhere.", modules);
    return fmt::format("The record of this host has {} of {}.", modules,
                       count_of(record.boots.size(), "boot"));
  }

  /// What other hosts need is in no record of this one.
  std::string heading_of(KeepCause cause) const {
    return cause == KeepCause::used && !report_.hosts.empty()
               ? "In the record of what was used, or needed by the other hosts"
               : std::string(cause_heading(cause));
  }

  void print_kept(bool in_full) {
    if (set().kept.empty()) return;
    if (in_full) return print_kept_in_full();
    std::map<KeepCause, std::vector<std::string>> names;
    for (const KeptForUse& kept : set().kept) names[kept.cause].push_back(printable(kept.module));
    for (const auto& [cause, modules] : names) {
      heading(fmt::format("{} ({})", heading_of(cause), modules.size()));
      out_ += words_in_lines(modules, 2, style_);
    }
  }

  void print_kept_in_full() {
    heading("Kept");
    Table table({{}, {}, {.least = least}}, 2);
    for (const KeptForUse& kept : set().kept)
      table.add(
          {printable(kept.module), std::string(to_string(kept.cause)), printable(kept.reason)});
    out_ += table.print(style_);
  }

  void print_closed(bool in_full) {
    if (set().closed.empty()) return;
    heading("Closed, by who could have them loaded");
    Table table({{.is_number = true}, {.least = least}}, 2);
    for (const auto& [position, count] : closed_by_reach(set()))
      table.add({std::to_string(count), std::string(position_heading(position))});
    out_ += table.print(style_);
    if (in_full) return print_closed_in_full();
    out_ += paragraph("--verbose shows each module with its reason.", 0, style_);
  }

  void print_closed_in_full() {
    heading("Closed");
    Table table({{}, {.least = least}}, 2);
    for (const ClosedModule& closed : set().closed)
      table.add({printable(closed.module), printable(words_of(closed.reach))});
    out_ += table.print(style_);
  }

  void print_rarely() {
    if (set().rarely.empty()) return;
    heading("Used in one boot alone");
    Table table({{}, {}}, 2);
    for (const RarelyUsed& rarely : set().rarely)
      table.add({printable(rarely.module), "last seen " + utc_date(rarely.last_seen)});
    out_ += table.print(style_);
  }

  void print_hosts() {
    if (report_.hosts.empty()) return;
    heading("What each of the other hosts adds");
    for (const HostShare& host : report_.hosts) {
      out_ += paragraph(
          fmt::format("  {}: {}, {} of them needed by no other host", printable(host.host),
                      count_of(host.modules, "module"), host.adds.size()),
          4, style_);
      std::vector<std::string> names;
      for (const std::string& name : host.adds) names.push_back(printable(name));
      out_ += words_in_lines(names, 4, style_);
    }
  }

  void print_unknown() {
    if (set().unknown.empty()) return;
    heading("Names to keep that no installed kernel and no class has");
    std::vector<std::string> names;
    for (const std::string& name : set().unknown) names.push_back(printable(name));
    out_ += words_in_lines(names, 2, style_);
  }

  const KeepSetReport& report_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::map<AttackerPosition, std::size_t> closed_by_reach(const KeepSet& set) {
  std::map<AttackerPosition, std::size_t> counts;
  for (const ClosedModule& closed : set.closed) ++counts[closed.reach.position];
  return counts;
}

std::string print_keep_set_text(const KeepSetReport& report, const Style& style, bool in_full) {
  return KeepSetText(report, style).print(in_full);
}

}  // namespace kmodsec
