// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/sqlite.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// Where a field stands in the header of a database (sqlite.org/fileformat2.html, 1.3). Which way
/// it is written, and read, is 2 with a log beside the file.
constexpr std::string_view magic{"SQLite format 3\0", 16};
constexpr std::size_t write_version_at = 18;
constexpr std::size_t read_version_at = 19;
constexpr std::size_t encoding_at = 56;
constexpr std::size_t user_version_at = 60;
constexpr std::size_t sqlite_header_size = 100;
constexpr char with_log = 2;
constexpr char without_log = 1;
constexpr std::uint32_t utf8_encoding = 1;

/// In steps of SQLite's virtual machine, of which a row takes some ten: a schema of two thousand
/// objects, and a table with a row in every fourth byte.
constexpr int steps_at_a_time = 1000;
constexpr std::int64_t steps_of_a_schema = 20'000;
constexpr std::int64_t steps_of_any_table = 1'000'000;
constexpr std::int64_t steps_per_byte = 3;

constexpr int longest_statement = 16 * 1024;

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (const char byte : bytes.substr(at, 4))
    number = number << 8U | static_cast<unsigned char>(byte);
  return number;
}

/// Bytes in memory have no log beside them, and SQLite would refuse them.
void leave_out_log(std::string& bytes) {
  for (const std::size_t at : {write_version_at, read_version_at}) {
    if (bytes.size() > at && bytes[at] == with_log) bytes[at] = without_log;
  }
}

void switch_off_what_a_schema_could_run(sqlite3* database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  for (const int ability :
       {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
        SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER,
        SQLITE_DBCONFIG_WRITABLE_SCHEMA, SQLITE_DBCONFIG_ENABLE_FKEY, SQLITE_DBCONFIG_DQS_DML})
    sqlite3_db_config(database, ability, 0, nullptr);
}

void set_limits(sqlite3* database, int longest) {
  constexpr std::array limits = {
      std::pair{SQLITE_LIMIT_SQL_LENGTH, longest_statement},
      std::pair{SQLITE_LIMIT_COLUMN, 16},
      std::pair{SQLITE_LIMIT_EXPR_DEPTH, 32},
      std::pair{SQLITE_LIMIT_COMPOUND_SELECT, 1},
      std::pair{SQLITE_LIMIT_VDBE_OP, 1000},
      std::pair{SQLITE_LIMIT_FUNCTION_ARG, 8},
      std::pair{SQLITE_LIMIT_ATTACHED, 0},
      std::pair{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 16},
      std::pair{SQLITE_LIMIT_VARIABLE_NUMBER, 16},
      std::pair{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
      std::pair{SQLITE_LIMIT_WORKER_THREADS, 0},
  };
  for (const auto& [limit, value] : limits) sqlite3_limit(database, limit, value);
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, longest);
}

}  // namespace

std::optional<SqliteHeader> SqliteHeader::of(std::string_view bytes) {
  if (bytes.size() < sqlite_header_size || !bytes.starts_with(magic)) return std::nullopt;
  const std::uint32_t encoding = number_at(bytes, encoding_at);
  if (encoding != utf8_encoding && encoding != 0) return std::nullopt;
  return SqliteHeader{
      .user_version = number_at(bytes, user_version_at),
      .has_log = bytes[write_version_at] == with_log || bytes[read_version_at] == with_log};
}

Result<SqliteImage> SqliteImage::empty(State state) {
  SqliteImage image(std::make_unique<State>(std::move(state)));
  sqlite3* opened = nullptr;
  const int status = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nullptr);
  image.database_.reset(opened);
  if (status != SQLITE_OK) return std::unexpected(image.error());
  return image;
}

Result<SqliteImage> SqliteImage::of_bytes(std::string bytes, const std::string& path, int longest) {
  leave_out_log(bytes);
  auto image = empty({.bytes = std::move(bytes), .path = path, .steps_left = steps_of_a_schema});
  if (!image) return image;
  sqlite3* database = image->get();
  switch_off_what_a_schema_could_run(database);
  set_limits(database, longest);
  sqlite3_exec(database, "PRAGMA cell_size_check = 1; PRAGMA mmap_size = 0; PRAGMA temp_store = 2",
               nullptr, nullptr, nullptr);
  State& state = *image->state_;
  sqlite3_progress_handler(database, steps_at_a_time, count_step, &state);
  const auto size = static_cast<sqlite3_int64>(state.bytes.size());
  const int taken =
      sqlite3_deserialize(database, "main", reinterpret_cast<unsigned char*>(state.bytes.data()),
                          size, size, SQLITE_DESERIALIZE_READONLY);
  if (taken != SQLITE_OK) return std::unexpected(image->error());
  return image;
}

Result<SqliteImage> SqliteImage::made(const char* statements, const std::string& path) {
  auto image = empty({.path = path});
  if (!image) return image;
  if (sqlite3_exec(image->get(), statements, nullptr, nullptr, nullptr) != SQLITE_OK)
    return std::unexpected(image->error());
  return image;
}

Error SqliteImage::error() const {
  const auto malformed = [&](std::string reason) {
    return Error{ErrorKind::malformed, state_->path, std::move(reason)};
  };
  if (state_->is_overdrawn) return malformed("damaged or altered: longer than its file");
  switch (sqlite3_errcode(get())) {
    case SQLITE_INTERRUPT:
      return malformed("damaged or altered: it asks for more work than its size explains");
    case SQLITE_NOMEM: return {ErrorKind::too_large, state_->path, "no memory for it"};
    default: return malformed("damaged or altered: " + utf8_text(sqlite3_errmsg(get())));
  }
}

Result<std::vector<SqliteObject>> SqliteImage::schema() const {
  std::vector<SqliteObject> objects;
  Statement rows(*this, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid");
  while (rows.step()) objects.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3)});
  if (rows.failed()) return std::unexpected(error());
  return objects;
}

void SqliteImage::admit(std::vector<std::string> tables) {
  state_->tables = std::move(tables);
  state_->steps_left =
      steps_of_any_table + steps_per_byte * static_cast<std::int64_t>(state_->bytes.size());
  sqlite3_set_authorizer(get(), authorize, state_.get());
}

Result<std::string> SqliteImage::bytes() const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> copy(
      sqlite3_serialize(get(), "main", &size, 0), sqlite3_free);
  if (!copy) return failure(ErrorKind::too_large, state_->path, "no memory for it");
  return std::string(reinterpret_cast<const char*>(copy.get()), static_cast<std::size_t>(size));
}

int SqliteImage::count_step(void* state) {
  std::int64_t& left = static_cast<State*>(state)->steps_left;
  left -= steps_at_a_time;
  return left < 0 ? 1 : 0;
}

int SqliteImage::authorize(void* state, int action, const char* what, const char* how, const char*,
                           const char*) {
  const State& image = *static_cast<const State*>(state);
  const auto is = [](const char* name, std::string_view wanted) {
    return name != nullptr && name == wanted;
  };
  const auto is_admitted = [&](const std::string& table) { return is(what, table); };
  const bool allowed = action == SQLITE_SELECT || (action == SQLITE_FUNCTION && is(how, "max")) ||
                       (action == SQLITE_READ && std::ranges::any_of(image.tables, is_admitted));
  return allowed ? SQLITE_OK : SQLITE_DENY;
}

Statement::Statement(const SqliteImage& image, std::string_view sql)
    : state_(image.state_.get()),
      bytes_left_(state_->bytes.empty() ? std::string::npos : state_->bytes.size()) {
  sqlite3_stmt* statement = nullptr;
  status_ = sqlite3_prepare_v2(image.get(), sql.data(), static_cast<int>(sql.size()), &statement,
                               nullptr);
  statement_.reset(statement);
}

Statement& Statement::bind(int parameter, std::string_view text) {
  if (!failed())
    status_ = sqlite3_bind_text(statement_.get(), parameter, text.data(),
                                static_cast<int>(text.size()), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind(int parameter, std::int64_t number) {
  if (!failed()) status_ = sqlite3_bind_int64(statement_.get(), parameter, number);
  return *this;
}

Statement& Statement::bind(int parameter, const Statement& row, int column) {
  if (!failed())
    status_ = sqlite3_bind_value(statement_.get(), parameter,
                                 sqlite3_column_value(row.statement_.get(), column));
  return *this;
}

bool Statement::step() {
  if (failed()) return false;
  const int result = sqlite3_step(statement_.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) status_ = result;
  return result == SQLITE_ROW;
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::string_view Statement::charge(const void* start, int size) {
  const auto length = static_cast<std::size_t>(size);
  if (start == nullptr) return {};
  if (length > bytes_left_) {
    state_->is_overdrawn = true;
    status_ = SQLITE_CORRUPT;
    return {};
  }
  bytes_left_ -= length;
  return {static_cast<const char*>(start), length};
}

std::string Statement::text(int column) {
  const auto* start = sqlite3_column_text(statement_.get(), column);
  return std::string(charge(start, sqlite3_column_bytes(statement_.get(), column)));
}

std::string_view Statement::bytes(int column) {
  const void* start = sqlite3_column_blob(statement_.get(), column);
  return charge(start, sqlite3_column_bytes(statement_.get(), column));
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

}  // namespace kmodsec
