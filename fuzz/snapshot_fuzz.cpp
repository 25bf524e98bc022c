// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/audit.hpp"
#include "format/snapshot.hpp"
#include "target.hpp"

/// Any snapshot that can be read can be judged, and survives being written and read again,
/// packed or not.
void kmodsec::examine(std::string_view input) {
  const auto facts = parse_snapshot(input);
  if (!facts) return;
  audit(*facts);
  const nlohmann::json once = facts_to_json(*facts);
  const nlohmann::json document = {{"schema", "kmodsec.snapshot/2"}, {"facts", once}};
  const auto again =
      parse_snapshot(document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  require(again && facts_to_json(*again) == once);
  const nlohmann::json compact = {{"schema", compact_snapshot_schema},
                                  {"facts", facts_to_compact_json(*facts)}};
  const auto unpacked =
      parse_snapshot(compact.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  require(unpacked && facts_to_json(*unpacked) == once);
}
