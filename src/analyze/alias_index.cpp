// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/alias_index.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

#include "base/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t start_length = 4;

constexpr bool is_wildcard(char c) { return c == '*' || c == '?' || c == '[' || c == '\\'; }

bool is_rewritten(const std::string& pattern) {
  return std::ranges::any_of(pattern, [](char c) { return c == '-' || c == '[' || c == ']'; });
}

/// The first characters as a number. Patterns that start alike stand together, so that a request
/// is held against few of them.
std::uint32_t start_of(std::string_view literal) {
  std::uint32_t start = 0;
  for (const char c : literal.substr(0, start_length))
    start = start << 8U | static_cast<unsigned char>(c);
  return start;
}

bool matches(const std::string& pattern, const std::string& request) {
  return ::fnmatch(pattern.c_str(), request.c_str(), 0) == 0;
}

}  // namespace

AliasIndex::AliasIndex(const std::vector<AliasEntry>& aliases) {
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
  if (wildcard != pattern->end()) {
    wild_[start_of({pattern->begin(), wildcard})].push_back({pattern, module});
    return;
  }
  std::vector<std::string_view>& modules = exact_[*pattern];
  if (std::ranges::find(modules, *module) == modules.end()) modules.push_back(*module);
}

std::vector<std::string_view> AliasIndex::modules_of(const std::string& request) const {
  std::vector<std::string_view> found;
  if (const auto exact = exact_.find(request); exact != exact_.end()) found = exact->second;
  for (std::size_t length = 0; length <= std::min(start_length, request.size()); ++length) {
    const auto alike = wild_.find(start_of(std::string_view(request).substr(0, length)));
    if (alike == wild_.end()) continue;
    for (const Alias& alias : alike->second) {
      if (matches(*alias.pattern, request)) found.push_back(*alias.module);
    }
  }
  return found;
}

}  // namespace kmodsec
