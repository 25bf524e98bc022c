// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "base/budget.hpp"
#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// The version is another one when a field has another name: an older document would be read with
/// that field left out.
inline constexpr std::string_view snapshot_schema = "kmodsec.snapshot/2";

/// Facts as JSON and back: `facts_of_snapshot(facts_to_json(x))` judges as x does. A fact is
/// {"value": …} or {"unseen": {"kind", "subject", "reason"}}.
nlohmann::json facts_to_json(const Facts& facts);

/// What `snapshot --compact` writes: the same facts, packed.
inline constexpr std::string_view compact_snapshot_schema = "kmodsec.snapshot-compact/1";

/// The same, packed: for facts of which little is told of each module file, see `abridge`.
nlohmann::json facts_to_compact_json(const Facts& facts);

/// Reads a document of either kind. Facts that an older release did not collect are "not
/// collected". Errors: `malformed`, for what is no snapshot, or for one that unpacks to more than
/// the budget of the run or `unpacked_document` allows; `unsupported`, for another version.
Result<Facts> parse_snapshot(std::string_view bytes, Budget& budget);
Result<Facts> parse_snapshot(std::string_view bytes);

}  // namespace kmodsec
