// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "model/auditd/event_words.hpp"
#include "report/auditd/events_report.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"

namespace kmodsec {
namespace {

std::string result_text(const ModuleEvent& event, const Style& style) {
  const std::string result = printable(result_of(event));
  return is_failed(event) ? style.bad(result) : result;
}

/// "by autoload (root), modprobe -q -- net-pf-38, pid 330"
std::string actor_text(const ModuleEvent& event) {
  std::string text = "by " + who(event);
  const std::string& user = event.uid.name;
  if (event.uid.id && user != event.auid.name)
    text += fmt::format(" as {}", user.empty() ? std::to_string(*event.uid.id) : user);
  if (!event.node.empty()) text += " on " + event.node;
  if (!event.exe.empty()) text += ", " + event.exe;
  if (event.pid) text += fmt::format(" [{}]", *event.pid);
  if (!event.command.empty()) text += ": " + event.command;
  return printable(text);
}

std::string name_text(const ModuleEvent& event) {
  const std::string name = event.module.empty() ? "(not named)" : printable(event.module);
  return event.module_from == EventSource::command ? name + "?" : name;
}

std::string call_text(const ModuleEvent& event) {
  if (event.syscall.empty()) return {};
  return fmt::format("{}({}){}", event.syscall, printable(join(event.arguments, ", ")),
                     event.arch == "b32" ? " by a 32-bit program" : "");
}

std::string line_of(std::string_view text, const Style& style) {
  return text.empty() ? std::string{} : paragraph("    " + style.faint(text), 6, style);
}

std::string count_text(std::string_view title, const std::map<std::string, EventCounts>& counts,
                       const Style& style) {
  constexpr std::size_t indent = 2;
  Table table({{}, {.is_number = true}, {.is_number = true}, {.is_number = true}}, indent);
  for (const auto& [name, count] : counts)
    table.add({name.empty() ? "(not named)" : printable(name), fmt::format("{} in", count.loads),
               fmt::format("{} out", count.unloads), fmt::format("{} failed", count.failed)});
  return style.bold(title) + "\n" + table.print(style);
}

std::string audit_log_text(const EventReport& report, const Style& style) {
  if (report.log.empty()) return "No audit trail.\n";
  if (report.first == 0) return paragraph(printable(report.log) + " has no records.", 2, style);
  return paragraph(fmt::format("{}: records from {} to {} UTC", printable(report.log),
                               utc_text(report.first), utc_text(report.last)),
                   2, style);
}

std::string gaps_text(const EventReport& report, const Style& style) {
  std::string text;
  for (const AuditLogGap& gap : report.gaps)
    text += paragraph(fmt::format("  {} {} to {} UTC: {}", style.warning("Gap"), utc_text(gap.from),
                                  utc_text(gap.until), printable(gap.why)),
                      4, style);
  return text;
}

}  // namespace

std::string print_event_text(const ModuleEvent& event, const Style& style) {
  std::string text =
      paragraph(fmt::format("{}.{:03} {:<6} {:<20} {}", utc_text(event.time), event.milliseconds,
                            to_string(event.action), name_text(event), result_text(event, style)),
                4, style);
  text += line_of(actor_text(event), style);
  text += line_of(call_text(event), style);
  if (!event.path.empty()) text += line_of("from " + printable(event.path), style);
  for (const std::string& line : event.kernel_log)
    text += line_of("kernel: " + printable(line), style);
  return text;
}

std::string print_events_text(const EventReport& report, const Style& style) {
  std::string text = report.without_modules ? fmt::format("{}\n", no_module_support) : "";
  text += audit_log_text(report, style) + gaps_text(report, style);
  if (!report.events.empty()) text += "\n";
  for (const ModuleEvent& event : report.events) text += print_event_text(event, style);
  if (!report.events.empty())
    text += "\n" + count_text("By module", report.by_module, style) +
            count_text("By user", report.by_user, style);
  if (report.events.empty() && !report.log.empty())
    text += paragraph("No module was loaded or unloaded, as far as these records tell.", 2, style);
  return text + print_gaps(report.unseen, style);
}

}  // namespace kmodsec
