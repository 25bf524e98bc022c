// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot.hpp"

#include <string>

#include "base/text.hpp"
#include "format/files/json.hpp"
#include "format/snapshot_laws.hpp"
#include "format/snapshot_subjects.hpp"

namespace kmodsec {

constexpr std::string_view schema_family = "kmodsec.snapshot/";

KMODSEC_SNAPSHOT_FIELDS(Facts, time, host, live, kernel, loaded, unseen_loaded, installed, trees,
                        files, users, writable, masked, load, access, policy, tools, needs, trust,
                        baseline, auditd, events, distribution)

nlohmann::json facts_to_json(const Facts& facts) {
  nlohmann::json json;
  write_json(json, facts);
  return json;
}

Result<Facts> parse_snapshot(std::string_view bytes) {
  const nlohmann::json document = parse_json(bytes);
  if (!document.is_object() || !document.contains("schema") || !document["schema"].is_string())
    return failure(ErrorKind::malformed, "", "not a snapshot of kmodsec");
  const auto found = document["schema"].get<std::string>();
  if (found != snapshot_schema && found.starts_with(schema_family))
    return failure(ErrorKind::unsupported, "",
                   "a snapshot of another version: " + utf8_text(found));
  if (found != snapshot_schema || !document.contains("facts"))
    return failure(ErrorKind::malformed, "", "not a snapshot of kmodsec");
  try {
    Facts facts;
    read_json(document["facts"], facts);
    if (auto kept = keeps_laws(facts); !kept) return std::unexpected(kept.error());
    return facts;
  } catch (const nlohmann::json::exception& problem) {
    return failure(ErrorKind::malformed, "", std::string("damaged snapshot: ") + problem.what());
  }
}

}  // namespace kmodsec
