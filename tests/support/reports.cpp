// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/reports.hpp"

#include <nlohmann/json.hpp>

#include "analyze/audit.hpp"
#include "analyze/inventory.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "analyze/status.hpp"
#include "format/snapshot.hpp"
#include "model/check.hpp"
#include "report/audit_report.hpp"
#include "report/inventory_report.hpp"
#include "report/status_report.hpp"
#include "report/usage/record_report.hpp"

namespace kmodsec::test {
namespace {

ModuleSelection every_module(const Facts& facts) {
  ModuleSelection selection{.facts = &facts, .modules = {}, .unseen = unseen_of_modules(facts)};
  for (const bool on_disk : {false, true}) {
    for (const ModuleRow& row : make_inventory(facts, {.on_disk = on_disk}).rows) {
      if (auto details = find_module(facts, row.name))
        selection.modules.push_back(std::move(*details));
    }
  }
  return selection;
}

RecordReport record_of(const Facts& facts) {
  RecordReport report;
  if (facts.usage) report.record = *facts.usage;
  note_unseen(facts.usage, report.unseen);
  return report;
}

}  // namespace

Reports every_report(const Facts& facts) {
  const Style plain(false);
  Reports reports;
  const AuditReport judged = audit(facts);
  for (const bool verbose : {false, true})
    reports.texts.push_back(print_audit_text(judged, status_of(judged), plain, verbose));
  reports.texts.push_back(print_status_text(status_of(judged), plain));
  reports.documents.push_back(print_status_json(status_of(judged)));
  reports.documents.push_back(print_audit_json(judged));
  for (const bool on_disk : {false, true}) {
    const Inventory inventory = make_inventory(facts, {.on_disk = on_disk});
    reports.texts.push_back(print_list_text(inventory, plain));
    reports.documents.push_back(print_list_json(inventory));
  }
  reports.texts.push_back(print_record_text(record_of(facts), plain));
  reports.documents.push_back(print_record_json(record_of(facts), facts));
  const ModuleSelection modules = every_module(facts);
  reports.texts.push_back(print_show_text(modules, plain));
  reports.documents.push_back(print_show_json(modules));
  return reports;
}

std::string snapshot_of(const Facts& facts) {
  return nlohmann::json{{"schema", "kmodsec.snapshot/2"}, {"facts", facts_to_json(facts)}}.dump();
}

std::string compact_snapshot_of(const Facts& facts) {
  return nlohmann::json{{"schema", compact_snapshot_schema},
                        {"facts", facts_to_compact_json(facts)}}
      .dump();
}

}  // namespace kmodsec::test
