// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/unknown_answers.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_named = 4;

}  // namespace

std::string first_names(std::vector<std::string> modules) {
  std::ranges::sort(modules);
  const auto repeated = std::ranges::unique(modules);
  modules.erase(repeated.begin(), repeated.end());
  return first_few(modules, most_named);
}

void UnknownAnswers::add(std::string_view question, std::string_view module, std::string_view why) {
  modules_[{std::string(question), std::string(why)}].emplace_back(module);
}

void UnknownAnswers::note(std::vector<Unseen>& unseen) const {
  for (const auto& [asked, modules] : modules_)
    unseen.push_back({fmt::format("{} of {}", asked.first, first_names(modules)), asked.second});
}

}  // namespace kmodsec
