// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/usage/imported_names.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/machine.hpp"
#include "format/files/compression.hpp"
#include "format/files/sqlite.hpp"
#include "format/usage/module_list.hpp"
#include "model/check.hpp"
#include "state/usage_store.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 1024UL * 1024 * 1024;

void add_names(const UsageRecord& record, std::vector<std::string>& names) {
  for (const UsedModule& used : record.modules) names.push_back(used.module);
}

Result<ImportedNames> names_of_store(std::string bytes, const std::string& path) {
  const auto record = read_usage_store(std::move(bytes), path);
  if (!record) return std::unexpected(record.error());
  ImportedNames imported{.names = {}, .from = path, .unseen = {}};
  add_names(*record, imported.names);
  return imported;
}

Result<ImportedNames> names_of_snapshot(const LearnOptions& options, const std::string& path) {
  if (path == "-") return failure(ErrorKind::usage, path, "a snapshot is read from a file");
  Options other = options;
  other.snapshot = path;
  other.root.clear();
  const auto facts = read_machine(other, {});
  if (!facts) return std::unexpected(facts.error());
  ImportedNames imported{.names = {}, .from = facts->host.name.value_or(path), .unseen = {}};
  if (facts->usage) add_names(*facts->usage, imported.names);
  if (facts->loaded) {
    for (const LoadedModule& module : *facts->loaded) imported.names.push_back(module.name);
  } else {
    imported.unseen.push_back(unseen_because(facts->loaded.error()));
  }
  return imported;
}

Result<ImportedNames> names_of_list(std::string_view text, const std::string& path) {
  auto list = parse_module_list(text);
  if (!list) return failure(list.error().kind, path, list.error().reason);
  ImportedNames imported{.names = std::move(list->names), .from = path, .unseen = {}};
  if (!list->unread_lines.empty())
    imported.unseen.push_back(
        {path, fmt::format("line {} names no module{}", list->unread_lines.front(),
                           list->unread_lines.size() == 1 ? "" : ", and others do not, either")});
  return imported;
}

}  // namespace

Result<GivenFile> read_given_file(const LearnOptions& options, const std::string& path) {
  auto bytes = read_host_file(path, file_limit);
  if (!bytes) return std::unexpected(bytes.error());
  options.budget->take_bytes(bytes->size());
  if (const auto left = options.budget->check(path); !left) return std::unexpected(left.error());
  return GivenFile{path, std::move(*bytes)};
}

bool is_snapshot(const GivenFile& file) {
  return file.bytes.starts_with('{') || compression_of(file.bytes) != Compression::none;
}

Result<ImportedNames> imported_names(const LearnOptions& options, GivenFile file) {
  if (SqliteHeader::of(file.bytes)) return names_of_store(std::move(file.bytes), file.path);
  return is_snapshot(file) ? names_of_snapshot(options, file.path)
                           : names_of_list(file.bytes, file.path);
}

}  // namespace kmodsec
