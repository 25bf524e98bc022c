// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot.hpp"

#include "analyze/audit.hpp"
#include "app/machine.hpp"
#include "cli/verb.hpp"
#include "report/json.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet& set, Options&) { declare_initramfs(set); }

Result<Answer> run(const Options& options, const Style&) {
  const auto facts = read_machine(options, whole_scope());
  if (!facts) return std::unexpected(facts.error());
  const std::vector<Unseen> unseen = audit(*facts).unseen;
  Json document = json_document("snapshot", *facts);
  document["schema"] = snapshot_schema;
  document["facts"] = Json::written(facts_to_json(*facts).dump());
  document["unseen"] = to_json(unseen);
  return Answer{print_json_line(document), outcome_of(unseen), unseen};
}

}  // namespace

std::unique_ptr<Command> snapshot_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
