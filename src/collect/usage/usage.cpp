// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/usage.hpp"

#include "collect/host/absence.hpp"
#include "collect/host/sqlite_file.hpp"
#include "collect/host/trusted_files.hpp"
#include "collect/usage/devices.hpp"
#include "collect/usage/service_needs.hpp"
#include "state/usage_store.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t store_limit = 64UL * 1024 * 1024;

}  // namespace

Result<std::string> read_usage_store_file(const Root& root, const std::string& path) {
  return read_database(root, path, store_limit, "kmodsec");
}

Seen<UsageRecord> collect_usage_record(const Root& root) {
  const std::string path(usage_store_path);
  auto bytes = read_usage_store_file(root, path);
  if (!bytes && is_absent(root, path, bytes.error())) return UsageRecord{};
  if (!bytes) return std::unexpected(why_not_seen(root, path, bytes.error()));
  if (const auto trusted = only_root_may_change(root, path); !trusted)
    return std::unexpected(trusted.error());
  auto record = read_usage_store(std::move(*bytes), path);
  if (!record && record.error().kind == ErrorKind::not_found) return UsageRecord{};
  return record;
}

void collect_usage(const Root& root, Facts& facts) {
  facts.devices = collect_devices(root);
  facts.service_needs = collect_service_needs(root);
  facts.usage = collect_usage_record(root);
}

}  // namespace kmodsec
