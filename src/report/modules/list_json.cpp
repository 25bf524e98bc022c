// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/inventory_report.hpp"
#include "report/modules/module_json.hpp"

namespace kmodsec {

std::string print_list_json(const Inventory& inventory) {
  Json document = json_document("list", *inventory.facts);
  document["modules"] = Json::array();
  for (const ModuleRow& row : inventory.rows) document["modules"].push_back(module_json(row));
  document["unseen"] = to_json(inventory.unseen);
  return print_json(document);
}

}  // namespace kmodsec
