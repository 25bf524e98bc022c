// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/baseline_store.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "format/baseline_record.hpp"
#include "store/sqlite.hpp"

namespace kmodsec {
namespace {

/// PRAGMA user_version. A version that reads it differently raises it.
constexpr std::int64_t format_version = 1;
constexpr int patience_ms = 10'000;

/// Entries that are text at the same time.
constexpr std::size_t at_a_time = 1024;

constexpr const char* tables =
    "CREATE TABLE generations (number INTEGER PRIMARY KEY, time INTEGER NOT NULL,"
    " reason TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL);"
    "CREATE TABLE entries (path TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE seals (number INTEGER PRIMARY KEY, key TEXT NOT NULL, signature TEXT NOT NULL);"
    "CREATE TABLE last_check (one INTEGER PRIMARY KEY CHECK (one = 1), time INTEGER NOT NULL,"
    " suspicious INTEGER NOT NULL);"
    "PRAGMA user_version = 1;";

Baseline head_in(const Statement& row) {
  Baseline head;
  head.generation = row.number(0);
  head.time = row.number(1);
  head.reason = row.text(2);
  head.previous = row.text(3);
  head.digest = row.text(4);
  return head;
}

/// Undoes what was begun, unless it was brought to its end.
class WriteTransaction {
 public:
  explicit WriteTransaction(sqlite3* database) : database_(database) {
    begun_ = run("BEGIN IMMEDIATE");
  }
  ~WriteTransaction() {
    if (begun_) run("ROLLBACK");
  }
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  bool begun() const { return begun_; }

  bool commit() {
    const bool done = run("COMMIT");
    if (done) begun_ = false;
    return done;
  }

 private:
  bool run(const char* sql) const {
    return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  sqlite3* database_;
  bool begun_ = false;
};

}  // namespace

void BaselineStore::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

BaselineStore::BaselineStore(std::unique_ptr<sqlite3, Close> database, std::string path)
    : database_(std::move(database)), path_(std::move(path)) {}

BaselineStore::BaselineStore(BaselineStore&&) noexcept = default;
BaselineStore& BaselineStore::operator=(BaselineStore&&) noexcept = default;
BaselineStore::~BaselineStore() = default;

Result<BaselineStore> BaselineStore::connect(const std::string& path, int flags) {
  sqlite3* opened = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
  std::unique_ptr<sqlite3, Close> database(opened);
  if (status == SQLITE_CANTOPEN)
    return failure(ErrorKind::not_found, path, "no baseline; 'kmodsec baseline create' makes one");
  if (status != SQLITE_OK) return std::unexpected(sqlite_error(opened, path));
  sqlite3_busy_timeout(opened, patience_ms);
  return BaselineStore(std::move(database), path);
}

Result<BaselineStore> BaselineStore::reader(const std::string& path) {
  auto store = connect(path, SQLITE_OPEN_READWRITE);
  if (!store) return store;
  if (auto begun = store->begin_reading(); !begun) return std::unexpected(begun.error());
  if (auto known = store->check_format(); !known) return std::unexpected(known.error());
  return store;
}

Result<BaselineStore> BaselineStore::of_bytes(std::string_view bytes, const std::string& path) {
  auto image = open_sqlite_image(bytes, path);
  if (!image) return std::unexpected(image.error());
  BaselineStore store(std::unique_ptr<sqlite3, Close>(image->release()), path);
  if (auto known = store.check_format(); !known) return std::unexpected(known.error());
  return store;
}

Result<BaselineStore> BaselineStore::writer(const std::string& path) {
  auto store = connect(path, SQLITE_OPEN_READWRITE);
  if (!store) return store;
  if (auto made = store->make_tables(); !made) return std::unexpected(made.error());
  if (auto known = store->check_format(); !known) return std::unexpected(known.error());
  return store;
}

Result<void> BaselineStore::begin_reading() {
  constexpr const char* one_state_for_all_questions = "PRAGMA query_only = 1; BEGIN";
  const int status =
      sqlite3_exec(database_.get(), one_state_for_all_questions, nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) return std::unexpected(sqlite_error(database_.get(), path_));
  return {};
}

Result<void> BaselineStore::check_format() const {
  Statement version(database_.get(), "PRAGMA user_version");
  if (!version.step()) return std::unexpected(sqlite_error(database_.get(), path_));
  if (version.number(0) == 0)
    return failure(ErrorKind::not_found, path_, "no baseline; 'kmodsec baseline create' makes one");
  if (version.number(0) > format_version)
    return failure(ErrorKind::unsupported, path_,
                   fmt::format("written by a newer kmodsec (format {}, this one reads {})",
                               version.number(0), format_version));
  return {};
}

Result<void> BaselineStore::make_tables() {
  WriteTransaction transaction(database_.get());
  if (!transaction.begun()) return std::unexpected(sqlite_error(database_.get(), path_));
  Statement version(database_.get(), "PRAGMA user_version");
  if (version.step() && version.number(0) != 0) return {};
  const bool made = !version.failed() &&
                    sqlite3_exec(database_.get(), tables, nullptr, nullptr, nullptr) == SQLITE_OK &&
                    transaction.commit();
  if (!made) return std::unexpected(sqlite_error(database_.get(), path_));
  return {};
}

Result<std::vector<Baseline>> BaselineStore::generations() const {
  std::vector<Baseline> heads;
  Statement rows(database_.get(),
                 "SELECT number, time, reason, previous, digest FROM generations ORDER BY number");
  while (rows.step()) heads.push_back(head_in(rows));
  if (rows.failed()) return std::unexpected(sqlite_error(database_.get(), path_));
  std::string previous;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const bool follows = heads[i].generation == static_cast<std::int64_t>(i) + 1;
    if (!follows || heads[i].previous != previous)
      return failure(ErrorKind::malformed, path_,
                     fmt::format("altered: generation {} does not follow the one before",
                                 heads[i].generation));
    previous = heads[i].digest;
  }
  return heads;
}

/// The lines are hashed as they stand there, and then taken apart, some hundred at a time.
Result<void> BaselineStore::read_entries(Baseline& baseline) const {
  BaselineDigest digest(baseline);
  Statement rows(database_.get(), "SELECT entry FROM entries ORDER BY path");
  std::vector<std::string> lines;
  for (bool more = true; more; lines.clear()) {
    while (lines.size() < at_a_time && (more = rows.step())) lines.push_back(rows.text(0));
    digest.add(lines);
    const auto parsed = parse_baseline_entries(lines, baseline.entries);
    if (!parsed) return failure(ErrorKind::malformed, path_, "altered: " + parsed.error().reason);
  }
  if (rows.failed()) return std::unexpected(sqlite_error(database_.get(), path_));
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

Result<std::optional<BaselineSeal>> BaselineStore::seal() const {
  Statement row(database_.get(),
                "SELECT key, signature FROM seals"
                " WHERE number = (SELECT max(number) FROM generations)");
  const bool found = row.step();
  if (row.failed()) return std::unexpected(sqlite_error(database_.get(), path_));
  if (!found) return std::optional<BaselineSeal>{};
  return std::optional(BaselineSeal{row.text(0), row.text(1)});
}

Result<void> BaselineStore::set_seal(const std::string& digest, const BaselineSeal& seal) {
  Statement statement(database_.get(),
                      "INSERT OR REPLACE INTO seals SELECT number, ?1, ?2 FROM generations"
                      " WHERE digest = ?3 AND number = (SELECT max(number) FROM generations)");
  statement.bind(1, seal.key).bind(2, seal.signature).bind(3, digest).step();
  if (statement.failed()) return std::unexpected(sqlite_error(database_.get(), path_));
  if (sqlite3_changes(database_.get()) == 0) return changed_meanwhile();
  return {};
}

std::unexpected<Error> BaselineStore::changed_meanwhile() const {
  return failure(ErrorKind::io, path_,
                 "another run of kmodsec has changed it meanwhile; nothing was written");
}

Result<std::optional<BaselineCheck>> BaselineStore::last_check() const {
  Statement row(database_.get(), "SELECT time, suspicious FROM last_check");
  const bool found = row.step();
  if (row.failed()) return std::unexpected(sqlite_error(database_.get(), path_));
  if (!found) return std::optional<BaselineCheck>{};
  return std::optional(BaselineCheck{row.number(0), row.number(1)});
}

Result<void> BaselineStore::note_check(const BaselineCheck& check) {
  Statement statement(database_.get(), "INSERT OR REPLACE INTO last_check VALUES (1, ?1, ?2)");
  statement.bind(1, check.time).bind(2, check.suspicious).step();
  if (statement.failed()) return std::unexpected(sqlite_error(database_.get(), path_));
  return {};
}

Result<void> BaselineStore::append(Baseline& baseline) {
  WriteTransaction transaction(database_.get());
  if (!transaction.begun()) return std::unexpected(sqlite_error(database_.get(), path_));
  const auto heads = generations();
  if (!heads) return std::unexpected(heads.error());
  const std::string newest = heads->empty() ? std::string{} : heads->back().digest;
  if (baseline.previous != newest) return changed_meanwhile();
  baseline.generation = static_cast<std::int64_t>(heads->size()) + 1;
  if (auto written = write_entries(baseline); !written) return written;
  if (auto written = write_head(baseline); !written) return written;
  if (!transaction.commit()) return std::unexpected(sqlite_error(database_.get(), path_));
  return {};
}

Result<void> BaselineStore::write_entries(Baseline& baseline) {
  const auto problem = [&] { return std::unexpected(sqlite_error(database_.get(), path_)); };
  Statement clear(database_.get(), "DELETE FROM entries");
  clear.step();
  if (clear.failed()) return problem();
  BaselineDigest digest(baseline);
  Statement insert(database_.get(), "INSERT INTO entries VALUES (?1, ?2)");
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
  Statement insert(database_.get(), "INSERT INTO generations VALUES (?1, ?2, ?3, ?4, ?5)");
  insert.bind(1, head.generation).bind(2, head.time).bind(3, head.reason);
  insert.bind(4, head.previous).bind(5, head.digest).step();
  if (insert.failed()) return std::unexpected(sqlite_error(database_.get(), path_));
  return {};
}

}  // namespace kmodsec
