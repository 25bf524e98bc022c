// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/module_use.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_users = 4;

std::vector<std::string> parts_of(const ModuleUse& use) {
  std::vector<std::string> parts = use.modules;
  for (const ModuleUser& user : use.users)
    parts.push_back(fmt::format("{} {}", user.kind, user.what));
  if (use.references > 0)
    parts.push_back(count_of(use.references, "reference") + " of programs or of the kernel");
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
  const std::vector<std::string> parts = parts_of(use);
  return parts.empty() ? "nothing" : first_few(parts, most_users);
}

}  // namespace kmodsec
