// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/baseline/baseline_standing.hpp"

#include <set>
#include <string>
#include <vector>

#include "model/host/module_name.hpp"
#include "collect/host/sqlite_file.hpp"
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

Result<BaselineStanding> standing_of(const BaselineStore& store) {
  const auto newest = store.newest();
  if (!newest) return std::unexpected(newest.error());
  if (!*newest) return BaselineStanding{.store = std::string(baseline_store_path)};
  const auto seal = store.seal();
  if (!seal) return std::unexpected(seal.error());
  const auto check = store.last_check();
  if (!check) return std::unexpected(check.error());
  return BaselineStanding{.store = std::string(baseline_store_path),
                          .exists = true,
                          .generation = (*newest)->generation,
                          .sealed = seal->has_value(),
                          .check = *check,
                          .time = (*newest)->time,
                          .modules = names_of_modules(**newest)};
}

}  // namespace

Seen<BaselineStanding> collect_baseline_standing(const Root& root) {
  const std::string path(baseline_store_path);
  const auto bytes = read_baseline_store(root, path);
  if (!bytes && bytes.error().kind == ErrorKind::not_found) return BaselineStanding{.store = path};
  if (!bytes) return std::unexpected(bytes.error());
  const auto store = BaselineStore::reader(*bytes, path);
  const auto standing = store ? standing_of(*store) : std::unexpected(store.error());
  if (standing) return *standing;
  if (standing.error().kind == ErrorKind::not_found) return BaselineStanding{.store = path};
  if (standing.error().kind != ErrorKind::malformed) return std::unexpected(standing.error());
  const bool was_read_while_it_changed = root.read(path, store_limit) != bytes;
  if (was_read_while_it_changed) return failure(ErrorKind::io, path, "is being written");
  return BaselineStanding{.store = path, .exists = true, .flaw = standing.error().reason};
}

Result<std::string> read_baseline_store(const Root& root, const std::string& path) {
  return read_database(root, path, store_limit, "kmodsec");
}

}  // namespace kmodsec
