// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/record_usage.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "analyze/modules/module_use.hpp"
#include "analyze/usage/records_by_module.hpp"
#include "analyze/usage/requesters.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

void bound_boots(std::vector<RecordedBoot>& boots) {
  if (boots.size() <= most_recorded_boots) return;
  boots.erase(boots.begin(), boots.end() - static_cast<std::ptrdiff_t>(most_recorded_boots));
}

/// The boot of these facts; nothing where its id was not seen.
const RecordedBoot* note_boot(UsageRecord& record, const Facts& facts) {
  if (!facts.host.boot_id) return nullptr;
  const std::string id = usage_text(*facts.host.boot_id);
  auto boot = std::ranges::find(record.boots, id, &RecordedBoot::id);
  if (boot == record.boots.end()) {
    record.boots.push_back({.id = id,
                            .kernel = usage_text(facts.kernel.release.value_or("")),
                            .first_seen = facts.time,
                            .last_seen = facts.time});
    bound_boots(record.boots);
    boot = record.boots.end() - 1;
  }
  boot->last_seen = std::max(boot->last_seen, facts.time);
  return &*boot;
}

/// When something was recorded last, by a clock that may have been set back since; 0 where nothing
/// was.
std::int64_t newest_recording(const UsageRecord& record, std::int64_t now) {
  std::int64_t newest = 0;
  for (const RecordedBoot& boot : record.boots) newest = std::max(newest, boot.last_seen);
  return newest > now ? 0 : newest;
}

/// A boot that is not known is taken for the next one that is.
void count_boot(UsedModule& used, const RecordedBoot* boot) {
  used.imported_from.clear();
  used.boots = std::max<std::uint32_t>(used.boots, 1);
  if (boot == nullptr || used.last_boot == boot->id) return;
  if (!used.last_boot.empty()) ++used.boots;
  used.last_boot = boot->id;
}

using UsersByModule = std::map<std::string, std::vector<ModuleUser>>;

UsersByModule users_by_module(const Facts& facts) {
  UsersByModule users;
  if (!facts.users) return users;
  for (const ModuleUser& user : *facts.users) users[user.module].push_back(user);
  return users;
}

/// Empty where nobody is known.
std::string holders_of(const LoadedModule& module, const Facts& facts, const UsersByModule& users) {
  const auto found = users.find(module.name);
  const ModuleUse use = use_of_loaded(
      facts, module, nullptr, found == users.end() ? std::vector<ModuleUser>{} : found->second);
  return use.has_users() ? usage_text(short_words_of(use)) : std::string{};
}

void note_loaded(ByModule<UsedModule>& modules, const Facts& facts, const RecordedBoot* boot) {
  const UsersByModule users = users_by_module(facts);
  for (const LoadedModule& module : *facts.loaded) {
    if (!is_module_name(module.name)) continue;
    UsedModule& used = modules.at(module.name, facts.time);
    used.last_seen = std::max(used.last_seen, facts.time);
    used.held_by = holders_of(module, facts, users);
    count_boot(used, boot);
  }
}

/// What came and went between two sightings; what is older is known, or was forgotten. Of a time
/// before this boot was recorded nobody can say which boot it was.
void note_recorded_loads(ByModule<UsedModule>& modules, const Facts& facts,
                         const RecordedBoot* boot, std::int64_t since) {
  if (!facts.events) return;
  for (const ModuleEvent& event : facts.events->events) {
    if (!is_recorded_load(event) || event.time < since) continue;
    const std::int64_t time = std::clamp<std::int64_t>(event.time, 0, facts.time);
    UsedModule& used = modules.at(event.module, time);
    used.last_seen = std::max(used.last_seen, time);
    const bool is_of_this_boot = boot != nullptr && time >= boot->first_seen;
    count_boot(used, is_of_this_boot ? boot : nullptr);
  }
}

/// When each module was loaded last, as far as these facts tell: now, or by the audit log.
std::map<std::string, std::int64_t> times_of_loads(const Facts& facts, std::int64_t since) {
  std::map<std::string, std::int64_t> times;
  const std::span<const ModuleEvent> events =
      facts.events ? std::span(facts.events->events) : std::span<const ModuleEvent>{};
  for (const ModuleEvent& event : events) {
    if (!is_recorded_load(event) || event.time < since) continue;
    std::int64_t& time = times[event.module];
    time = std::max(time, std::min(event.time, facts.time));
  }
  for (const LoadedModule& module : *facts.loaded) {
    if (is_module_name(module.name)) times[module.name] = facts.time;
  }
  return times;
}

template <class Used>
void note_requesters(std::vector<Used>& list, const RequestersByModule& requesters) {
  for (Used& used : list) {
    const auto found = requesters.find(used.module);
    if (found != requesters.end()) add_requesters(used.requesters, found->second);
  }
}

void join(ByModule<UsedModule>& all, const UsedModule& used) {
  const bool is_new = !all.has(used.module);
  UsedModule& known = all.at(used.module, used.first_seen);
  if (is_new) {
    known = used;
    return;
  }
  if (used.last_seen > known.last_seen && used.boots > 0) {
    known.last_boot = used.last_boot;
    known.held_by = used.held_by;
  }
  if (used.boots > 0) known.imported_from.clear();
  known.first_seen = std::min(known.first_seen, used.first_seen);
  known.last_seen = std::max(known.last_seen, used.last_seen);
  known.boots = std::max(known.boots, used.boots);
  add_requesters(known.requesters, used.requesters);
}

void join(ByModule<StoppedLoad>& all, const StoppedLoad& load) {
  StoppedLoad& known = all.at(load.module, load.first_seen);
  known.first_seen = std::min(known.first_seen, load.first_seen);
  known.last_seen = std::max(known.last_seen, load.last_seen);
  known.times = std::max(known.times, load.times);
  add_requesters(known.requesters, load.requesters);
}

template <class Used>
void join_lists(UsageRecord& all, std::span<const UsageRecord> others,
                std::vector<Used> UsageRecord::* list) {
  ByModule<Used> entries(all.*list);
  for (const UsageRecord& record : others) {
    for (const Used& used : record.*list) join(entries, used);
  }
  entries.finish();
}

void join_boots(UsageRecord& all, std::span<const UsageRecord> others) {
  std::set<std::string> known;
  for (const RecordedBoot& boot : all.boots) known.insert(boot.id);
  for (const UsageRecord& record : others) {
    for (const RecordedBoot& boot : record.boots) {
      if (known.insert(boot.id).second) all.boots.push_back(boot);
    }
  }
  std::ranges::stable_sort(all.boots, {}, &RecordedBoot::first_seen);
  bound_boots(all.boots);
}

/// Observation is as old as the youngest: before that not all were watched.
void join_heads(UsageRecord& all, std::span<const UsageRecord> others) {
  for (const UsageRecord& record : others) {
    if (all.machine != record.machine) all.machine.clear();
    const bool are_both_observed = all.observed_since && record.observed_since;
    all.observed_since = are_both_observed
                             ? std::optional(std::max(*all.observed_since, *record.observed_since))
                             : std::nullopt;
  }
}

}  // namespace

UsageRecord with_sighting(UsageRecord record, const Facts& facts) {
  if (!facts.loaded) return record;
  if (record.machine.empty()) record.machine = usage_text(facts.host.machine_id.value_or(""));
  const std::int64_t since = newest_recording(record, facts.time);
  const RecordedBoot* boot = note_boot(record, facts);
  ByModule<UsedModule> modules(record.modules);
  note_loaded(modules, facts, boot);
  note_recorded_loads(modules, facts, boot, since);
  modules.finish();
  note_requesters(record.modules, requesters_of(facts));
  return record;
}

void note_imported(ByModule<UsedModule>& modules, std::string_view name, std::string_view from,
                   std::int64_t time) {
  const std::string module = normalized_module_name(name);
  if (!is_module_name(module)) return;
  UsedModule& used = modules.at(module, time);
  const bool is_new = used.boots == 0 && used.imported_from.empty();
  if (is_new) used.imported_from = usage_text(utf8_text(from));
}

UsageRecord with_imported(UsageRecord record, std::span<const std::string> names,
                          std::string_view from, std::int64_t time) {
  ByModule<UsedModule> modules(record.modules);
  for (const std::string& name : names) note_imported(modules, name, from, time);
  modules.finish();
  return record;
}

UsageRecord with_stopped(UsageRecord record, const Facts& facts,
                         const std::set<std::string>& closed) {
  if (!facts.loaded) return record;
  if (!record.observed_since) {
    record.observed_since = facts.time;
    return record;
  }
  ByModule<StoppedLoad> stopped(record.stopped);
  const std::int64_t since = std::max(*record.observed_since, newest_recording(record, facts.time));
  for (const auto& [module, time] : times_of_loads(facts, since)) {
    if (!closed.contains(module)) continue;
    StoppedLoad& load = stopped.at(module, time);
    if (load.times == 0 || time > load.last_seen) ++load.times;
    load.last_seen = std::max(load.last_seen, time);
  }
  stopped.finish();
  note_requesters(record.stopped, requesters_of(facts));
  return record;
}

UsageRecord without_modules(UsageRecord record, const std::set<std::string>& names) {
  const auto is_named = [&](const auto& used) { return names.contains(used.module); };
  std::erase_if(record.modules, is_named);
  std::erase_if(record.stopped, is_named);
  return record;
}

std::set<std::string> modules_of(const UsageRecord& record) {
  std::set<std::string> modules;
  for (const UsedModule& used : record.modules) modules.insert(used.module);
  return modules;
}

UsageRecord joined(std::span<const UsageRecord> records) {
  if (records.empty()) return {};
  UsageRecord all = records.front();
  const auto others = records.subspan(1);
  join_heads(all, others);
  join_boots(all, others);
  join_lists(all, others, &UsageRecord::modules);
  join_lists(all, others, &UsageRecord::stopped);
  return all;
}

}  // namespace kmodsec
