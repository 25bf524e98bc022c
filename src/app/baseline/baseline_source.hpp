// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store_place.hpp"
#include "model/baseline/baseline_change.hpp"

namespace kmodsec {

/// A baseline to hold the machine against.
struct BaselineSource {
  Baseline baseline;
  std::optional<Ed25519Signature> signature;
  BaselineTrust trust;
  bool is_plain_list = false;  ///< Of sha256sum: paths and digests, nothing else.
};

/// The newest generation of the store; with --against what that file holds: another store, a copy
/// written by `baseline show --format ndjson`, or a list of sha256sum. With --signed-by it has to
/// be signed by that key. What is read is not written to. Errors: `io` where it was left half
/// written.
Result<BaselineSource> read_baseline(const BaselineOptions& options);

/// A key in PEM.
Result<std::string> read_key_file(const std::string& path);

}  // namespace kmodsec
