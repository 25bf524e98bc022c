// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/text.hpp"
#include "format/files/json.hpp"
#include "format/snapshot_laws.hpp"
#include "format/snapshot_packing.hpp"
#include "format/snapshot_subjects.hpp"

namespace kmodsec {

constexpr std::string_view schema_family = "kmodsec.snapshot/";
constexpr std::string_view compact_family = "kmodsec.snapshot-compact/";

KMODSEC_SNAPSHOT_FIELDS(Facts, time, host, live, kernel, loaded, unseen_loaded, installed, trees,
                        files, users, writable, masked, load, programs, access, policy, tools,
                        needs, unseen_needs, untyped_mounts, service_needs, devices, usage, trust,
                        baseline, auditd, events, distribution)

nlohmann::json facts_to_json(const Facts& facts) {
  nlohmann::json json;
  write_json(json, facts);
  return json;
}

nlohmann::json facts_to_compact_json(const Facts& facts) {
  nlohmann::json json = facts_to_json(facts);
  Budget budget(unpacked_document, nullptr);
  for (std::size_t i = 0; i < facts.trees.size(); ++i)
    pack_tree(facts.trees[i], budget, json["trees"][i]);
  return json;
}

namespace {

/// The run pays for it, and a document gets no more than its own share.
void unpack(const nlohmann::json& json, Budget& run, Facts& facts) {
  Limits limits = unpacked_document;
  limits.bytes = std::min(limits.bytes, run.bytes_left());
  Budget budget(limits, nullptr);
  try {
    for (std::size_t i = 0; i < facts.trees.size(); ++i)
      unpack_tree(json.at("trees").at(i), budget, facts.trees[i]);
  } catch (const nlohmann::json::exception&) {
    run.take_bytes(budget.bytes());
    throw;
  }
  run.take_bytes(budget.bytes());
}

}  // namespace

Result<Facts> parse_snapshot(std::string_view bytes) {
  Budget unlimited;
  return parse_snapshot(bytes, unlimited);
}

Result<Facts> parse_snapshot(std::string_view bytes, Budget& budget) {
  const nlohmann::json document = parse_json(bytes);
  if (!document.is_object() || !document.contains("schema") || !document["schema"].is_string())
    return failure(ErrorKind::malformed, "", "not a snapshot of kmodsec");
  const auto found = document["schema"].get<std::string>();
  const bool is_compact = found == compact_snapshot_schema;
  const bool is_ours = found.starts_with(schema_family) || found.starts_with(compact_family);
  if (found != snapshot_schema && !is_compact && is_ours)
    return failure(ErrorKind::unsupported, "",
                   "a snapshot of another version: " + utf8_text(found));
  if (!is_ours || !document.contains("facts"))
    return failure(ErrorKind::malformed, "", "not a snapshot of kmodsec");
  try {
    Facts facts;
    read_json(document["facts"], facts);
    if (is_compact) unpack(document["facts"], budget, facts);
    if (auto kept = keeps_laws(facts); !kept) return std::unexpected(kept.error());
    return facts;
  } catch (const nlohmann::json::exception& problem) {
    return failure(ErrorKind::malformed, "", std::string("damaged snapshot: ") + problem.what());
  }
}

}  // namespace kmodsec
