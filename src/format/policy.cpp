// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#define TOML_HEADER_ONLY 1  // the shared library of Debian throws, and costs start-up time
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 6> tables = {"deny",    "exception", "load",
                                                    "options", "freeze",    "audit_rules"};
constexpr std::array<std::string_view, 3> freeze_levels = {"signatures", "lockdown", "all"};

std::unexpected<Error> malformed(const toml::source_region& where, std::string_view what) {
  return failure(ErrorKind::malformed, "", fmt::format("line {}: {}", where.begin.line, what));
}

Result<Policy> read_freeze(const toml::table& document) {
  Policy policy;
  const toml::node_view level = document["freeze"]["level"];
  if (!level) return policy;
  policy.freeze_level = utf8_text(level.value_or(std::string_view{}));
  if (std::ranges::find(freeze_levels, policy.freeze_level) == freeze_levels.end())
    return malformed(level.node()->source(), "freeze.level is none of signatures, lockdown, all");
  return policy;
}

}  // namespace

Result<Policy> parse_policy(std::string_view text) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) return malformed(parsed.error().source(), utf8_text(parsed.error().description()));
  for (const auto& [key, node] : parsed.table()) {
    if (std::ranges::find(tables, key.str()) == tables.end())
      return malformed(key.source(), fmt::format("unknown table '{}'", utf8_text(key.str())));
  }
  return read_freeze(parsed.table());
}

}  // namespace kmodsec
