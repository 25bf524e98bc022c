// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot.hpp"

#include "analyze/abridge.hpp"
#include "analyze/audit.hpp"
#include "app/machine.hpp"
#include "cli/verb.hpp"
#include "format/files/json.hpp"
#include "report/json.hpp"

namespace kmodsec {
namespace {

struct SnapshotOptions : Options {
  bool compact = false;
};

void declare(OptionSet& set, SnapshotOptions& options) {
  declare_initramfs(set);
  set.flag("--compact", options.compact,
           "Leave out what no verdict needs: the file is about a sixteenth as large");
}

Result<Answer> run(const SnapshotOptions& options, const Style&) {
  auto facts = read_machine(options, whole_scope());
  if (!facts) return std::unexpected(facts.error());
  const std::vector<Unseen> unseen = audit(*facts).unseen;
  Json document = json_document("snapshot", *facts);
  if (options.compact) abridge(*facts);
  document["schema"] = options.compact ? compact_snapshot_schema : snapshot_schema;
  document["facts"] = Json::written(
      dump_json(options.compact ? facts_to_compact_json(*facts) : facts_to_json(*facts), -1));
  document["unseen"] = to_json(unseen);
  return Answer{print_json_line(document), outcome_of(unseen), unseen};
}

}  // namespace

std::unique_ptr<Command> snapshot_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
