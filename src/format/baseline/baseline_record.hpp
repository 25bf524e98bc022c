// SPDX-License-Identifier: GPL-2.0-or-later
//
// A baseline as text: one JSON document for each line, the first of which is the head. This is what
// a digest and a signature are taken of, and what a copy kept elsewhere holds.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "format/files/digest.hpp"
#include "model/baseline/baseline.hpp"

namespace kmodsec {

std::string print_baseline_entry(const BaselineEntry& entry);
Result<BaselineEntry> parse_baseline_entry(std::string_view line);

/// The same for many, on all processors. What is parsed is put behind `entries`.
std::vector<std::string> print_baseline_entries(std::span<const BaselineEntry> entries);
Result<void> parse_baseline_entries(const std::vector<std::string>& lines,
                                    std::vector<BaselineEntry>& entries);

/// The head and each entry, a line each.
std::string print_baseline(const Baseline& baseline);

/// Errors: `malformed`, with the line; also when the digest is not that of the rest.
Result<Baseline> parse_baseline(std::string_view text);

/// Whether each path stands once, in the order by which entries are looked up.
bool are_in_order(std::span<const BaselineEntry> entries);

/// Whether it has the form of a fingerprint and a signature. Whether it fits, only its key tells.
bool can_be_signature(const Ed25519Signature& signature);

/// SHA-256 of all but itself, hex.
std::string digest_of(const Baseline& baseline);

/// The same where the lines of the entries are at hand: of the head, then each line as it was
/// printed, in order.
class BaselineDigest {
 public:
  explicit BaselineDigest(const Baseline& head);
  void add(const std::vector<std::string>& lines);
  std::string hex() { return digest_.hex(); }

 private:
  Sha256 digest_;
};

}  // namespace kmodsec
