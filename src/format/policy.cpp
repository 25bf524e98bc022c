// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/toml.hpp"

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

Result<Policy> read_tables(const toml::table& document) {
  for (const auto& [key, node] : document) {
    if (std::ranges::find(tables, key.str()) == tables.end())
      return malformed(key.source(), fmt::format("unknown table '{}'", utf8_text(key.str())));
  }
  return read_freeze(document);
}

}  // namespace

Result<Policy> parse_policy(std::string_view text) {
  try {
    return read_tables(toml::parse(text));
  } catch (const toml::parse_error& problem) {
    return malformed(problem.source(), utf8_text(problem.description()));
  } catch (const std::invalid_argument& problem) {
    return failure(ErrorKind::malformed, "", problem.what());
  }
}

}  // namespace kmodsec
