// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/explain_index.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/path.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view nothing_moved = "edited: no module of this kernel changed";

/// The flaws of this index in one line; empty when it has none.
std::string flaws_of(std::string_view index, const IndexAgreement& agreement) {
  const auto is_here = [&](const IndexFlaw& flaw) { return flaw.index == index; };
  const auto first = std::ranges::find_if(agreement.flaws, is_here);
  if (first == agreement.flaws.end()) return {};
  const auto others = std::ranges::count_if(agreement.flaws, is_here) - 1;
  const std::string lines = first->lines.size() > 1
                                ? fmt::format(" (and {} more)", first->lines.size() - 1)
                                : std::string{};
  return fmt::format("{}: {} {}{}{}", index, first->lines.front(), first->wrong, lines,
                     others > 0 ? fmt::format("; {} more modules", others) : std::string{});
}

void explain_by_modules(const ChangedModules& modules, std::string_view proof,
                        BaselineChange& change) {
  if (!modules.all_explained)
    return suspect(change, Severity::medium, "it follows a change of a module that is suspicious");
  change.explanation =
      fmt::format("depmod: the modules of this kernel changed, each of them explained; {}", proof);
}

void explain_by_agreement(const IndexAgreement& agreement, const ChangedModules& modules,
                          BaselineChange& change) {
  const std::string flaws = flaws_of(file_name(change.entry().file.path), agreement);
  if (!flaws.empty())
    return suspect(change, Severity::high,
                   modules.moved ? flaws : fmt::format("{}; {}", nothing_moved, flaws));
  if (!agreement.unseen.empty())
    return suspect(change, Severity::medium,
                   fmt::format("whether it agrees with the module files is not known: {}: {}",
                               agreement.unseen.front().what, agreement.unseen.front().why));
  if (modules.moved) return explain_by_modules(modules, "it agrees with their files", change);
  change.explanation = "depmod: it agrees with the module files, and none of them changed";
}

}  // namespace

std::map<std::string, ChangedModules> changed_modules(const std::vector<BaselineChange>& changes) {
  std::map<std::string, ChangedModules> by_kernel;
  for (const BaselineChange& change : changes) {
    const CoveredFile& file = change.entry().file;
    if (file.kind != BaselineKind::module) continue;
    ChangedModules& modules = by_kernel[file.kernel];
    modules.moved = true;
    modules.all_explained = modules.all_explained && !change.is_suspicious();
  }
  return by_kernel;
}

void explain_index(const ChangeEvidence& evidence,
                   const std::map<std::string, ChangedModules>& modules_by_kernel,
                   BaselineChange& change) {
  const std::string_view name = file_name(change.entry().file.path);
  if (!is_written_by_depmod(name)) return;
  const auto beside = modules_by_kernel.find(change.entry().file.kernel);
  const ChangedModules modules =
      beside == modules_by_kernel.end() ? ChangedModules{} : beside->second;
  const auto agreement = evidence.indexes.find(change.entry().file.kernel);
  const bool is_compared =
      change.now && agreement != evidence.indexes.end() &&
      std::ranges::find(agreement->second.compared, name) != agreement->second.compared.end();
  const bool is_flawed = change.now && agreement != evidence.indexes.end() &&
                         !flaws_of(name, agreement->second).empty();
  if (is_compared || is_flawed) return explain_by_agreement(agreement->second, modules, change);
  if (!modules.moved) return suspect(change, Severity::high, std::string(nothing_moved));
  explain_by_modules(modules,
                     change.kind == ChangeKind::removed ? "it was removed with them"
                                                        : "its lines are not compared with them",
                     change);
}

}  // namespace kmodsec
