// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/known_names.hpp"

#include <algorithm>
#include <utility>

namespace kmodsec {
namespace {

/// modprobe takes the name of an install line for a module; here it has to be one.
LoadConfig aliases_of(const LoadConfig& config) {
  LoadConfig aliases;
  for (const ConfigLine* line :
       lines_that(config, [](const ConfigLine& one) { return one.directive == Directive::alias; }))
    aliases.lines.push_back(*line);
  return aliases;
}

}  // namespace

KnownNames::KnownNames(const LoadConfig& config, const std::vector<const ModuleTree*>& trees) {
  const LoadConfig aliases = aliases_of(config);
  for (const ModuleTree* tree : trees)
    models_.push_back(std::make_unique<LoadModel>(aliases, *tree));
}

bool KnownNames::is_module(std::string_view name) const {
  return std::ranges::any_of(models_, [&](const auto& model) {
    return model->find(name) != nullptr || model->is_builtin(name);
  });
}

bool KnownNames::is_alias(std::string_view name) const {
  return std::ranges::any_of(models_, [&](const auto& model) {
    return std::ranges::any_of(model->look_up(name),
                               [](const Candidate& candidate) { return !candidate.alias.empty(); });
  });
}

bool looks_like_alias(std::string_view name) {
  return name.find_first_of(":*") != std::string_view::npos;
}

Verdict judge_names(const Facts& facts, const PickLine& concerns, const FindInNames& find) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Unseen> unseen = unseen_configuration(facts);
  const auto lines = lines_that(*facts.load, concerns);
  if (lines.empty()) return judge({}, std::move(unseen));
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  const auto kernels = all_kernels(facts, unseen);
  if (!kernels) return judge({}, std::move(unseen));
  const KnownNames known(*facts.load, *kernels);
  std::vector<Finding> findings;
  for (const ConfigLine* line : lines) {
    if (auto finding = find(*line, known)) findings.push_back(std::move(*finding));
  }
  return judge(merged(std::move(findings)), std::move(unseen));
}

}  // namespace kmodsec
