// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/baseline_store.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/baseline/baseline_record.hpp"
#include "state/sqlite_store.hpp"

namespace kmodsec {
namespace {

/// An entry is a path and some digests.
constexpr int longest_row = 1024 * 1024;

/// Entries that are text at the same time.
constexpr std::size_t at_a_time = 1024;

constexpr StoreTable entries_table = {
    "entries", "CREATE TABLE entries (path TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID",
    2};
constexpr StoreTable seals_table = {
    "seals",
    "CREATE TABLE seals (number INTEGER PRIMARY KEY, key TEXT NOT NULL, signature TEXT NOT NULL)",
    3};

constexpr std::array tables = {
    StoreTable{"generations",
               "CREATE TABLE generations (number INTEGER PRIMARY KEY, time INTEGER NOT NULL,"
               " reason TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL,"
               " format INTEGER NOT NULL, machine TEXT NOT NULL)",
               7},
    entries_table,
    seals_table,
    StoreTable{
        "last_check",
        "CREATE TABLE last_check (one INTEGER PRIMARY KEY CHECK (one = 1), time INTEGER NOT NULL,"
        " suspicious INTEGER NOT NULL, unseen INTEGER NOT NULL)",
        4},
};

/// Of the version that knew neither folders nor hosts, and noted whole checks alone.
constexpr std::array first_tables = {
    StoreTable{"generations",
               "CREATE TABLE generations (number INTEGER PRIMARY KEY, time INTEGER NOT NULL,"
               " reason TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL)",
               5},
    entries_table,
    seals_table,
    StoreTable{
        "last_check",
        "CREATE TABLE last_check (one INTEGER PRIMARY KEY CHECK (one = 1), time INTEGER NOT NULL,"
        " suspicious INTEGER NOT NULL)",
        3},
};

constexpr const char* absent = "no baseline; 'kmodsec baseline create' makes one";
constexpr StoreFormat store_format = {
    .tables = tables, .version = 2, .longest_row = longest_row, .absent = absent};
constexpr StoreFormat first_store_format = {
    .tables = first_tables, .version = 1, .longest_row = longest_row, .absent = absent};

bool is_of_first_version(const std::string& bytes) {
  const auto header = SqliteHeader::of(bytes);
  return header && header->user_version == first_store_format.version;
}

/// A query of the columns of today, whichever version wrote the store.
struct Columns {
  std::string_view table;
  const char* now;
  const char* of_first_version;
};
constexpr std::array columns = {
    Columns{"generations", "number, time, reason, previous, digest, format, machine",
            "number, time, reason, previous, digest, 1, ''"},
    Columns{"entries", "path, entry", "path, entry"},
    Columns{"seals", "number, key, signature", "number, key, signature"},
    Columns{"last_check", "one, time, suspicious, unseen", "one, time, suspicious, 0"},
};

std::string select_from(std::string_view table, bool is_first_version) {
  const auto found = std::ranges::find(columns, table, &Columns::table);
  return fmt::format("SELECT {} FROM {}", is_first_version ? found->of_first_version : found->now,
                     table);
}

Baseline head_in(Statement& row) {
  Baseline head;
  head.generation = row.number(0);
  head.time = row.number(1);
  head.reason = utf8_text(row.text(2));
  head.previous = utf8_text(row.text(3));
  head.digest = utf8_text(row.text(4));
  head.format = row.number(5);
  head.machine = utf8_text(row.text(6));
  return head;
}

bool is_known_format(std::int64_t format) {
  return format == format_without_folders || format == newest_baseline_format;
}

Result<void> copy_table(const StoreTable& table, const std::string& select, const SqliteImage& from,
                        const SqliteImage& to) {
  Statement rows(from, select);
  Statement insert(to, insert_into(table));
  while (rows.step()) {
    for (int i = 0; i < table.columns; ++i) insert.bind(i + 1, rows, i);
    insert.step();
    if (insert.failed()) return std::unexpected(to.error());
    insert.reset();
  }
  if (rows.failed()) return std::unexpected(from.error());
  return {};
}

}  // namespace

Result<BaselineStore> BaselineStore::reader(std::string bytes, const std::string& path) {
  const bool is_first_version = is_of_first_version(bytes);
  auto image =
      open_store(std::move(bytes), path, is_first_version ? first_store_format : store_format);
  if (!image) return std::unexpected(image.error());
  return BaselineStore(std::move(*image), path, is_first_version);
}

/// Pages that somebody else wrote are not written to, and not written out again. What is written
/// is of the newest version.
Result<BaselineStore> BaselineStore::writer(std::string bytes, const std::string& path) {
  auto fresh = make_store(path, store_format);
  if (!fresh) return std::unexpected(fresh.error());
  if (bytes.empty()) return BaselineStore(std::move(*fresh), path, false);
  const auto old = reader(std::move(bytes), path);
  if (!old) return std::unexpected(old.error());
  for (const StoreTable& table : tables) {
    auto copied =
        copy_table(table, select_from(table.name, old->is_first_version_), old->image_, *fresh);
    if (!copied) return std::unexpected(copied.error());
  }
  return BaselineStore(std::move(*fresh), path, false);
}

Result<std::vector<Baseline>> BaselineStore::generations() const {
  std::vector<Baseline> heads;
  Statement rows(image_, select_from("generations", is_first_version_) + " ORDER BY number");
  while (rows.step()) heads.push_back(head_in(rows));
  if (rows.failed()) return std::unexpected(image_.error());
  std::string previous;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const bool follows = heads[i].generation == static_cast<std::int64_t>(i) + 1;
    if (!follows || heads[i].previous != previous)
      return failure(ErrorKind::malformed, path_,
                     fmt::format("altered: generation {} does not follow the one before",
                                 heads[i].generation));
    if (!is_known_format(heads[i].format))
      return failure(ErrorKind::malformed, path_, "altered: a generation is of an unknown format");
    previous = heads[i].digest;
  }
  return heads;
}

/// The lines are hashed as they stand there, and then taken apart, some hundred at a time.
Result<void> BaselineStore::read_entries(Baseline& baseline) const {
  BaselineDigest digest(baseline);
  Statement rows(image_, "SELECT entry FROM entries ORDER BY path");
  std::vector<std::string> lines;
  for (bool more = true; more; lines.clear()) {
    while (lines.size() < at_a_time && (more = rows.step())) lines.push_back(rows.text(0));
    if (rows.failed()) return std::unexpected(image_.error());
    digest.add(lines);
    const auto parsed = parse_baseline_entries(lines, baseline.entries);
    if (!parsed) return failure(ErrorKind::malformed, path_, "altered: " + parsed.error().reason);
  }
  if (!are_in_order(baseline.entries))
    return failure(ErrorKind::malformed, path_, "altered: its entries are not in order");
  if (digest.hex() == baseline.digest) return {};
  return failure(
      ErrorKind::malformed, path_,
      fmt::format("altered: the entries are not those of generation {}", baseline.generation));
}

Result<std::optional<Baseline>> BaselineStore::newest() const {
  auto heads = generations();
  if (!heads) return std::unexpected(heads.error());
  if (heads->empty()) return std::optional<Baseline>{};
  Baseline baseline = std::move(heads->back());
  if (auto read = read_entries(baseline); !read) return std::unexpected(read.error());
  return std::optional(std::move(baseline));
}

Result<std::optional<Ed25519Signature>> BaselineStore::signature() const {
  Statement row(image_,
                "SELECT key, signature FROM seals"
                " WHERE number = (SELECT max(number) FROM generations)");
  const bool found = row.step();
  Ed25519Signature signature =
      found ? Ed25519Signature{row.text(0), row.text(1)} : Ed25519Signature{};
  if (row.failed()) return std::unexpected(image_.error());
  if (!found) return std::optional<Ed25519Signature>{};
  if (!can_be_signature(signature))
    return failure(ErrorKind::malformed, path_, "altered: its signature is not a valid one");
  return std::optional(std::move(signature));
}

Result<void> BaselineStore::set_signature(const std::string& digest,
                                          const Ed25519Signature& signature) {
  Statement statement(image_,
                      "INSERT OR REPLACE INTO seals SELECT number, ?1, ?2 FROM generations"
                      " WHERE digest = ?3 AND number = (SELECT max(number) FROM generations)");
  statement.bind(1, signature.key).bind(2, signature.signature).bind(3, digest).step();
  if (statement.failed()) return std::unexpected(image_.error());
  if (sqlite3_changes(image_.get()) == 0) return changed_meanwhile();
  return {};
}

std::unexpected<Error> BaselineStore::changed_meanwhile() const {
  return failure(ErrorKind::io, path_,
                 "another run of kmodsec has changed it meanwhile; nothing was written");
}

Result<std::optional<BaselineCheck>> BaselineStore::last_check() const {
  Statement row(image_, select_from("last_check", is_first_version_));
  const bool found = row.step();
  if (row.failed()) return std::unexpected(image_.error());
  if (!found) return std::optional<BaselineCheck>{};
  const BaselineCheck check{row.number(1), row.number(2), row.number(3)};
  if (check.time < 0 || check.suspicious < 0 || check.unseen < 0)
    return failure(ErrorKind::malformed, path_, "altered: its last check has numbers below zero");
  return std::optional(check);
}

Result<void> BaselineStore::note_check(const BaselineCheck& check) {
  Statement statement(image_, "INSERT OR REPLACE INTO last_check VALUES (1, ?1, ?2, ?3)");
  statement.bind(1, check.time).bind(2, check.suspicious).bind(3, check.unseen).step();
  if (statement.failed()) return std::unexpected(image_.error());
  return {};
}

Result<void> BaselineStore::append(Baseline& baseline) {
  const auto heads = generations();
  if (!heads) return std::unexpected(heads.error());
  const std::string newest = heads->empty() ? std::string{} : heads->back().digest;
  if (baseline.previous != newest) return changed_meanwhile();
  baseline.generation = static_cast<std::int64_t>(heads->size()) + 1;
  if (auto written = write_entries(baseline); !written) return written;
  return write_head(baseline);
}

Result<void> BaselineStore::write_entries(Baseline& baseline) {
  const auto problem = [&] { return std::unexpected(image_.error()); };
  Statement clear(image_, "DELETE FROM entries");
  clear.step();
  if (clear.failed()) return problem();
  BaselineDigest digest(baseline);
  Statement insert(image_, "INSERT INTO entries VALUES (?1, ?2)");
  for (std::span<const BaselineEntry> rest = baseline.entries; !rest.empty();) {
    const auto some = rest.first(std::min(at_a_time, rest.size()));
    rest = rest.subspan(some.size());
    const std::vector<std::string> lines = print_baseline_entries(some);
    digest.add(lines);
    for (std::size_t i = 0; i < some.size(); ++i) {
      insert.bind(1, path_of(some[i])).bind(2, lines[i]).step();
      if (insert.failed()) return problem();
      insert.reset();
    }
  }
  baseline.digest = digest.hex();
  return {};
}

Result<void> BaselineStore::write_head(const Baseline& head) {
  Statement insert(image_, "INSERT INTO generations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  insert.bind(1, head.generation).bind(2, head.time).bind(3, head.reason);
  insert.bind(4, head.previous).bind(5, head.digest);
  insert.bind(6, head.format).bind(7, head.machine).step();
  if (insert.failed()) return std::unexpected(image_.error());
  return {};
}

}  // namespace kmodsec
