// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/module_use.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_users = 4;

std::string reference_words(std::uint64_t references) {
  return fmt::format("{} reference{} of programs or of the kernel", references,
                     references == 1 ? "" : "s");
}

std::vector<std::string> parts_of(const ModuleUse& use) {
  std::vector<std::string> parts = use.modules;
  for (const ModuleUser& user : use.users)
    parts.push_back(fmt::format("{} {}", user.kind, user.what));
  if (use.references > 0) parts.push_back(reference_words(use.references));
  if (use.permanent) parts.emplace_back("itself, as it cannot be unloaded");
  return parts;
}

}  // namespace

std::string words_of(const ModuleUse& use) {
  if (!use.unused) return use.why_unknown.empty() ? "unknown" : "unknown: " + use.why_unknown;
  return short_words_of(use);
}

std::string short_words_of(const ModuleUse& use) {
  if (!use.unused) return "unknown";
  std::vector<std::string> parts = parts_of(use);
  if (parts.empty()) return "nothing";
  const std::size_t left = parts.size() - std::min(parts.size(), most_users);
  parts.resize(parts.size() - left);
  return join(parts, ", ") + (left > 0 ? fmt::format(" and {} more", left) : "");
}

}  // namespace kmodsec
