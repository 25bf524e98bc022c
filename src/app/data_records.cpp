// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/data_records.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "app/checkout_file.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "format/cve_record.hpp"
#include "format/dyad.hpp"
#include "format/known_hole_fields.hpp"
#include "format/known_holes.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t record_limit = 16UL * 1024 * 1024;
constexpr std::string_view prefix = "CVE-";
constexpr std::string_view ending = ".json";

/// A record, by the path of its files without their endings.
struct RecordFile {
  HoleId id;
  std::string name;  ///< "2024-1086".
  std::string path;
};

std::optional<RecordFile> record_at(const fs::path& path) {
  const std::string file = path.filename().string();
  if (!file.starts_with(prefix) || !file.ends_with(ending)) return std::nullopt;
  const std::string name = file.substr(prefix.size(), file.size() - prefix.size() - ending.size());
  const auto id = parse_hole_id(name);
  if (!id) return std::nullopt;
  const std::string whole = path.string();
  return RecordFile{*id, name, whole.substr(0, whole.size() - ending.size())};
}

Result<std::vector<RecordFile>> records_in(const std::string& checkout) {
  const std::string folder = checkout + "/cve/published";
  std::vector<RecordFile> records;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at.depth() > 1) at.disable_recursion_pending();
    if (auto record = record_at(at->path())) records.push_back(std::move(*record));
  }
  if (failed)
    return failure(ErrorKind::usage, folder, "no checkout of vulns.git: " + failed.message());
  std::ranges::sort(records, {}, &RecordFile::id);
  const auto doubles = std::ranges::unique(records, {}, &RecordFile::id);
  records.erase(doubles.begin(), doubles.end());
  return records;
}

/// A row, nothing for what no kernel runs, or why there is none.
using Outcome = Result<std::optional<HoleRow>>;

Outcome broken(const RecordFile& record, std::string_view file_ending, const Error& error) {
  return failure(error.kind, std::string(prefix) + record.name + std::string(file_ending),
                 error.reason);
}

Outcome read_row(const RecordFile& record, const ModuleFinder& finder,
                 const FileIsKnown& is_known) {
  const auto dyad = read_checkout_file(record.path + ".dyad", record_limit);
  if (!dyad) return broken(record, ".dyad", dyad.error());
  const auto json = read_checkout_file(record.path + ".json", record_limit);
  if (!json) return broken(record, ".json", json.error());
  auto versions = parse_dyad(*dyad);
  if (!versions) return broken(record, ".dyad", versions.error());
  auto told = parse_cve_record(*json);
  if (!told) return broken(record, ".json", told.error());
  auto place = modules_of_hole(told->files, finder, is_known);
  if (!place) return std::optional<HoleRow>{};
  HoleRow row{.id = record.name,
              .modules = std::move(place->modules),
              .flags = place->flags + (told->speaks_of_userns ? "u" : ""),
              .versions = std::move(*versions),
              .trigger = {},
              .score = std::move(told->score),
              .links = {}};
  if (const std::string_view flaw = flaw_of(record_of(row)); !flaw.empty())
    return broken(record, "", {ErrorKind::malformed, "", std::string(flaw)});
  return row;
}

}  // namespace

Result<CveRows> read_cve_rows(const std::string& checkout, const ModuleFinder& finder,
                              const FileIsKnown& is_known, unsigned jobs) {
  const auto records = records_in(checkout);
  if (!records) return std::unexpected(records.error());
  std::vector<Outcome> outcomes(records->size());
  parallel_for(records->size(), jobs,
               [&](std::size_t i) { outcomes[i] = read_row((*records)[i], finder, is_known); });
  CveRows rows;
  for (Outcome& outcome : outcomes) {
    if (!outcome)
      rows.broken.push_back(outcome.error());
    else if (*outcome)
      rows.rows.push_back(std::move(**outcome));
    else
      ++rows.beside;
  }
  if (rows.rows.empty()) return failure(ErrorKind::malformed, checkout, "no record in it holds");
  return rows;
}

}  // namespace kmodsec
