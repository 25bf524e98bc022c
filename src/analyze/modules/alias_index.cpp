// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/alias_index.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "analyze/modules/pattern.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// FNV-1a, which grows by a character at a time.
constexpr std::uint64_t hash_of_nothing = 14695981039346656037U;
constexpr std::uint64_t with(std::uint64_t hash, char next) {
  constexpr std::uint64_t prime = 1099511628211U;
  return (hash ^ static_cast<unsigned char>(next)) * prime;
}

constexpr bool is_wildcard(char c) { return c == '*' || c == '?' || c == '[' || c == '\\'; }

bool is_rewritten(const std::string& pattern) {
  return std::ranges::any_of(pattern, [](char c) { return c == '-' || c == '[' || c == ']'; });
}

}  // namespace

AliasIndex::AliasIndex(const std::vector<AliasEntry>& aliases)
    : chains_(std::bit_ceil(aliases.size() + 1), none) {
  aliases_.reserve(aliases.size());
  for (const AliasEntry& alias : aliases) add(alias);
}

const std::string& AliasIndex::keep(std::string normalized) {
  return rewritten_.emplace_back(std::move(normalized));
}

void AliasIndex::add(const AliasEntry& alias) {
  const std::string* pattern = &alias.pattern;
  if (is_rewritten(*pattern)) {
    auto normalized = normalized_pattern(*pattern);
    if (!normalized) return;
    pattern = &keep(std::move(*normalized));
  }
  const std::string* module = &alias.module;
  if (is_rewritten(*module)) module = &keep(normalized_module_name(*module));

  const auto wildcard = std::ranges::find_if(*pattern, is_wildcard);
  const auto length = static_cast<std::size_t>(wildcard - pattern->begin());
  if (wildcard != pattern->end()) {
    starts_.resize(std::max(starts_.size(), length + 1));
    starts_[length] = true;
  }
  const std::uint64_t start = std::accumulate(pattern->begin(), wildcard, hash_of_nothing, with);
  std::uint32_t& chain = chain_of(start);
  const bool is_repeated =
      chain != none && *aliases_[chain].pattern == *pattern && *aliases_[chain].module == *module;
  if (is_repeated) return;
  aliases_.push_back({pattern, module, start, chain});
  chain = static_cast<std::uint32_t>(aliases_.size() - 1);
}

std::vector<std::string_view> AliasIndex::modules_of(const std::string& request, Work& work) const {
  std::vector<std::uint32_t> found;
  std::uint64_t start = hash_of_nothing;
  for (std::size_t length = 0; length <= request.size(); ++length) {
    if (length > 0) start = with(start, request[length - 1]);
    const bool starts_so = length < starts_.size() && starts_[length];
    if (!starts_so && length != request.size()) continue;
    for (std::uint32_t at = chain_of(start); at != none; at = aliases_[at].next) {
      const Alias& alias = aliases_[at];
      if (alias.start == start && matches_pattern(*alias.pattern, request, work))
        found.push_back(at);
    }
  }
  std::ranges::sort(found);
  std::vector<std::string_view> modules;
  for (const std::uint32_t at : found) modules.push_back(*aliases_[at].module);
  return modules;
}

}  // namespace kmodsec
