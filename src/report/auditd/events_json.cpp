// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/auditd/event_words.hpp"
#include "report/auditd/events_report.hpp"
#include "report/json.hpp"

namespace kmodsec {
namespace {

Json user_json(const EventUser& user) { return or_null(user.id); }

Json source_json(EventSource source) {
  return source == EventSource::none ? Json(nullptr) : Json(to_string(source));
}

Json event_json(const ModuleEvent& event) {
  return {{"time", event.time},
          {"milliseconds", event.milliseconds},
          {"serial", event.serial == 0 ? Json(nullptr) : Json(event.serial)},
          {"node", text_or_null(event.node)},
          {"action", to_string(event.action)},
          {"module", text_or_null(event.module)},
          {"module_from", source_json(event.module_from)},
          {"path", text_or_null(event.path)},
          {"result", result_of(event)},
          {"errno", or_null(event.error)},
          {"syscall", text_or_null(event.syscall)},
          {"abi", text_or_null(event.arch)},
          {"arguments", event.arguments},
          {"pid", or_null(event.pid)},
          {"ppid", or_null(event.ppid)},
          {"comm", text_or_null(event.comm)},
          {"exe", text_or_null(event.exe)},
          {"command", text_or_null(event.command)},
          {"uid", user_json(event.uid)},
          {"user", text_or_null(event.uid.name)},
          {"auid", user_json(event.auid)},
          {"login", text_or_null(event.auid.name)},
          {"session", or_null(event.session)},
          {"origin", event.origin ? Json(to_string(*event.origin)) : Json(nullptr)},
          {"key", text_or_null(event.key)},
          {"kernel_log", event.kernel_log}};
}

Json counts_json(const std::map<std::string, EventCounts>& counts, std::string_view what) {
  Json list = Json::array();
  for (const auto& [name, count] : counts)
    list.push_back({{what, text_or_null(name)},
                    {"loads", count.loads},
                    {"unloads", count.unloads},
                    {"failed", count.failed}});
  return list;
}

Json gaps_json(const std::vector<AuditLogGap>& gaps) {
  Json list = Json::array();
  for (const AuditLogGap& gap : gaps)
    list.push_back({{"from", gap.from}, {"until", gap.until}, {"why", gap.why}});
  return list;
}

Json audit_log_json(const EventReport& report) {
  if (report.log.empty()) return nullptr;
  return {{"log", report.log},
          {"first", report.first == 0 ? Json(nullptr) : Json(report.first)},
          {"last", report.last == 0 ? Json(nullptr) : Json(report.last)},
          {"gaps", gaps_json(report.gaps)}};
}

}  // namespace

std::string print_events_json(const EventReport& report, const Facts& facts) {
  Json document = json_document("events", facts);
  document["audit_log"] = audit_log_json(report);
  document["events"] = Json::array();
  for (const ModuleEvent& event : report.events) document["events"].push_back(event_json(event));
  document["modules"] = counts_json(report.by_module, "module");
  document["users"] = counts_json(report.by_user, "user");
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

std::string print_event_ndjson(const ModuleEvent& event) {
  Json line = {{"schema", "kmodsec.event/1"}};
  line.update(event_json(event));
  return print_json_line(line);
}

std::string print_events_head(const Facts& facts) { return print_head_line("events", facts); }

std::string print_events_ndjson(const EventReport& report, const Facts& facts) {
  std::string text = print_events_head(facts);
  for (const ModuleEvent& event : report.events) text += print_event_ndjson(event);
  return text;
}

}  // namespace kmodsec
