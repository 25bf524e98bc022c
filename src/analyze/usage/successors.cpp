// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/successors.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "analyze/usage/keep_reasons.hpp"
#include "analyze/usage/records_by_module.hpp"

namespace kmodsec {

bool may_have_successors(const UsageRecord& record, const Facts& facts) {
  if (record.is_empty() || !facts.host.boot_id || !facts.installed) return false;
  return facts.installed->size() > 1 && std::ranges::find(record.boots, *facts.host.boot_id,
                                                          &RecordedBoot::id) == record.boots.end();
}

UsageRecord with_successors(UsageRecord record, const Facts& facts) {
  if (!facts.load) return record;
  const LoadConfig leading = leading_lines(*facts.load);
  const KeepTrees trees = keep_trees(leading, facts);
  KeptModules kept(trees);
  add_used(std::span(&record, 1), kept);
  kept.add_successors();
  ByModule<UsedModule> modules(record.modules);
  for (const auto& [module, why] : kept.modules()) {
    if (!modules.has(module))
      note_imported(modules, module, fmt::format("the aliases of {} in another kernel", why.by),
                    facts.time);
  }
  modules.finish();
  return record;
}

}  // namespace kmodsec
