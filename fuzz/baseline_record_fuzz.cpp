// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/baseline/baseline_record.hpp"
#include "format/baseline/sha256sums.hpp"
#include "target.hpp"

namespace kmodsec {
namespace {

void examine_whole(std::string_view input) {
  const auto baseline = parse_baseline(input);
  if (!baseline) return;
  require(digest_of(*baseline) == baseline->digest);
  const auto again = parse_baseline(print_baseline(*baseline));
  require(again.has_value());
  require(again->entries.size() == baseline->entries.size());
}

void examine_entry(std::string_view line) {
  const auto entry = parse_baseline_entry(line);
  if (!entry) return;
  const std::string printed = print_baseline_entry(*entry);
  require(print_baseline_entry(*parse_baseline_entry(printed)) == printed);
}

void examine_list(std::string_view input) {
  const auto list = parse_sha256sums(input);
  if (list) require(parse_sha256sums(print_sha256sums(*list)).has_value());
}

}  // namespace
}  // namespace kmodsec

void kmodsec::examine(std::string_view input) {
  examine_whole(input);
  examine_entry(input.substr(0, input.find('\n')));
  examine_list(input);
}
