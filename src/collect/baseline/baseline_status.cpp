// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/baseline/baseline_status.hpp"

#include <set>
#include <string>
#include <vector>

#include "collect/host/absence.hpp"
#include "collect/host/sqlite_file.hpp"
#include "model/host/module_name.hpp"
#include "state/baseline_store.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t store_limit = 256UL * 1024 * 1024;

std::vector<std::string> names_of_modules(const Baseline& baseline) {
  std::set<std::string> names;
  for (const BaselineEntry& entry : baseline.entries) {
    const bool is_module =
        entry.file.kind == BaselineKind::module || entry.file.kind == BaselineKind::image_module;
    if (is_module) names.insert(module_name_of_path(entry.file.path));
  }
  return {names.begin(), names.end()};
}

Result<BaselineStatus> trust_of(const BaselineStore& store) {
  const auto newest = store.newest();
  if (!newest) return std::unexpected(newest.error());
  if (!*newest) return BaselineStatus{.store = std::string(baseline_store_path)};
  const auto signature = store.signature();
  if (!signature) return std::unexpected(signature.error());
  const auto check = store.last_check();
  if (!check) return std::unexpected(check.error());
  return BaselineStatus{.store = std::string(baseline_store_path),
                        .exists = true,
                        .generation = (*newest)->generation,
                        .is_signed = signature->has_value(),
                        .check = *check,
                        .time = (*newest)->time,
                        .modules = names_of_modules(**newest),
                        .machine = (*newest)->machine};
}

}  // namespace

Seen<BaselineStatus> collect_baseline_status(const Root& root) {
  const std::string path(baseline_store_path);
  const auto bytes = read_baseline_store(root, path);
  if (!bytes && is_absent(root, path, bytes.error())) return BaselineStatus{.store = path};
  if (!bytes) return std::unexpected(why_not_seen(root, path, bytes.error()));
  const auto store = BaselineStore::reader(*bytes, path);
  const auto status = store ? trust_of(*store) : std::unexpected(store.error());
  if (status) return *status;
  if (status.error().kind == ErrorKind::not_found) return BaselineStatus{.store = path};
  if (status.error().kind != ErrorKind::malformed) return std::unexpected(status.error());
  const bool was_read_while_it_changed = root.read(path, store_limit) != bytes;
  if (was_read_while_it_changed) return failure(ErrorKind::io, path, "is being written");
  return BaselineStatus{.store = path, .exists = true, .flaw = status.error().reason};
}

Result<std::string> read_baseline_store(const Root& root, const std::string& path) {
  return read_database(root, path, store_limit, "kmodsec");
}

}  // namespace kmodsec
