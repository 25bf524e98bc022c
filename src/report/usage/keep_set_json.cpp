// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utc_time.hpp"
#include "report/json.hpp"
#include "report/usage/keep_set_report.hpp"

namespace kmodsec {
namespace {

Json summary_json(const KeepSet& set) {
  Json by_reach = Json::object();
  for (const auto& [position, count] : closed_by_reach(set)) by_reach[to_string(position)] = count;
  return {{"modules", set.kept.size() + set.closed.size()},
          {"kept", set.kept.size()},
          {"closed", set.closed.size()},
          {"closed_by_reach", std::move(by_reach)}};
}

Json kept_json(const KeptForUse& kept) {
  return {{"name", kept.module},
          {"cause", to_string(kept.cause)},
          {"reason", kept.reason},
          {"by", text_or_null(kept.by)}};
}

Json closed_json(const ClosedModule& closed) {
  return {{"name", closed.module},
          {"reach", to_string(closed.reach.position)},
          {"trigger", text_or_null(closed.reach.trigger)}};
}

Json rarely_json(const RarelyUsed& rarely) {
  return {{"name", rarely.module}, {"last_seen", text_or_null(rfc3339_time(rarely.last_seen))}};
}

Json host_json(const HostShare& host) {
  return {{"from", host.host}, {"modules", host.modules}, {"adds", host.adds}};
}

/// As the usage record of the document's own host has them; null where it was not read.
Json record_json(const Seen<UsageRecord>& record) {
  if (!record) return nullptr;
  return {{"modules", record->modules.size()}, {"boots", record->boots.size()}};
}

template <class Item>
Json list_of(const std::vector<Item>& items, Json (*json_of)(const Item&)) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(json_of(item));
  return list;
}

}  // namespace

std::string print_keep_set_json(const KeepSetReport& report) {
  Json document = json_document("learn-propose", *report.facts);
  document["record"] = record_json(report.facts->usage);
  document["summary"] = summary_json(report.set);
  document["kept"] = list_of(report.set.kept, kept_json);
  document["closed"] = list_of(report.set.closed, closed_json);
  document["rarely_used"] = list_of(report.set.rarely, rarely_json);
  document["hosts"] = list_of(report.hosts, host_json);
  document["unknown"] = report.set.unknown;
  document["unseen"] = to_json(report.unseen);
  return print_json(document);
}

}  // namespace kmodsec
