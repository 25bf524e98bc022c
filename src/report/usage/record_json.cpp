// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "base/utc_time.hpp"
#include "report/json.hpp"
#include "report/usage/record_report.hpp"
#include "report/usage/requesters_json.hpp"

namespace kmodsec {
namespace {

Json time_json(std::int64_t seconds) { return text_or_null(rfc3339_time(seconds)); }

Json boots_json(const std::vector<RecordedBoot>& boots) {
  Json list = Json::array();
  for (const RecordedBoot& boot : boots)
    list.push_back({{"id", boot.id},
                    {"kernel", text_or_null(boot.kernel)},
                    {"first_seen", time_json(boot.first_seen)},
                    {"last_seen", time_json(boot.last_seen)}});
  return list;
}

Json modules_json(const std::vector<UsedModule>& modules, const RecordReport& report) {
  Json list = Json::array();
  for (const UsedModule& used : modules) {
    if (!report.shows(used.module)) continue;
    list.push_back({{"name", used.module},
                    {"first_seen", time_json(used.first_seen)},
                    {"last_seen", time_json(used.last_seen)},
                    {"boots", used.boots},
                    {"last_boot", text_or_null(used.last_boot)},
                    {"held_by", text_or_null(used.held_by)},
                    {"imported_from", text_or_null(used.imported_from)},
                    {"requesters", requesters_json(used.requesters)}});
  }
  return list;
}

Json stopped_json(const std::vector<StoppedLoad>& stopped, const RecordReport& report) {
  Json list = Json::array();
  for (const StoppedLoad& load : stopped) {
    if (!report.shows(load.module)) continue;
    list.push_back({{"name", load.module},
                    {"first_seen", time_json(load.first_seen)},
                    {"last_seen", time_json(load.last_seen)},
                    {"times", load.times},
                    {"requesters", requesters_json(load.requesters)}});
  }
  return list;
}

Json record_json(const UsageRecord& record, const RecordReport& report) {
  return {
      {"machine_id", text_or_null(record.machine)},
      {"observed_since", record.observed_since ? time_json(*record.observed_since) : Json(nullptr)},
      {"boots", boots_json(record.boots)},
      {"modules", modules_json(record.modules, report)},
      {"stopped", stopped_json(record.stopped, report)}};
}

}  // namespace

std::string print_record_json(const RecordReport& report, const Facts& machine) {
  Json document = json_document("learn", machine);
  document["record"] = report.record ? record_json(*report.record, report) : Json(nullptr);
  document["added"] = report.added;
  document["removed"] = report.removed;
  document["notes"] = report.notes;
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

}  // namespace kmodsec
