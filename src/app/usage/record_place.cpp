// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/usage/record_place.hpp"

#include <utility>

#include "app/machine.hpp"
#include "app/store_place.hpp"
#include "collect/collect.hpp"
#include "collect/usage/usage.hpp"
#include "state/usage_store.hpp"
#include "system/files/locked_file.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

Result<UsageRecord> read_place(const StorePlace& place, bool is_own) {
  if (is_own) return collect_usage_record(*place.root);
  auto bytes = read_usage_store_file(*place.root, place.path);
  if (!bytes && bytes.error().kind == ErrorKind::not_found) bytes = std::string{};
  if (!bytes) return std::unexpected(bytes.error());
  return read_usage_store(std::move(*bytes), place.path);
}

Result<UsageRecord> or_empty(Result<UsageRecord> record) {
  if (!record && record.error().kind == ErrorKind::not_found) return UsageRecord{};
  return record;
}

Result<StorePlace> place_to_change(const LearnOptions& options) {
  if (!options.snapshot.empty())
    return failure(ErrorKind::usage, "--snapshot",
                   "a snapshot is not changed; 'kmodsec learn import' takes in what it names");
  if (options.store.empty() && !options.root.empty())
    return failure(ErrorKind::usage, "--store",
                   "is required with --root to change a record; that of the tree is " +
                       options.root + std::string(usage_store_path));
  return place_of(options, options.store.empty() ? std::string(usage_store_path) : options.store);
}

}  // namespace

Seen<UsageRecord> read_record(const LearnOptions& options) {
  if (!options.store.empty()) {
    const auto place = place_of(options, options.store);
    return place ? read_place(*place, false) : std::unexpected(place.error());
  }
  if (!options.snapshot.empty()) {
    auto facts = read_machine(options, {.parts = {Part::usage}});
    return facts ? std::move(facts->usage) : std::unexpected(facts.error());
  }
  const auto root = open_machine(options);
  return root ? collect_usage_record(**root) : std::unexpected(root.error());
}

Result<Facts> host_of_record(const LearnOptions& options) {
  if (!options.snapshot.empty()) return read_machine(options, {});
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  return collect_identity_of_machine(**root, time_of_looking());
}

std::int64_t time_of_recording(const LearnOptions& options) {
  return options.store.empty() ? time_of_change() : time_of_looking();
}

Result<void> is_of_host(const UsageRecord& record, const Facts& facts) {
  const std::string machine = facts.host.machine_id.value_or("");
  if (record.machine.empty() || machine.empty() || record.machine == machine) return {};
  return failure(
      ErrorKind::usage, "the record",
      "is of another host, as a copied disk has it; 'kmodsec learn forget --all' starts again, "
      "and 'kmodsec learn import FILE' takes in what another host used");
}

Result<UsageRecord> change_record(const LearnOptions& options, const ChangeRecord& change) {
  const auto place = place_to_change(options);
  if (!place) return std::unexpected(place.error());
  const auto file = LockedFile::open(place->tree, place->path, true);
  if (!file) return std::unexpected(file.error());
  auto old = or_empty(read_place(*place, options.store.empty()));
  if (!old) return old;
  auto record = change(std::move(*old));
  if (!record) return record;
  const auto bytes = usage_store_bytes(*record, place->path);
  if (!bytes) return std::unexpected(bytes.error());
  if (auto replaced = file->replace(*bytes); !replaced) return std::unexpected(replaced.error());
  return record;
}

}  // namespace kmodsec
