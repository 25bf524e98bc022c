// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/sqlite.hpp"

#include <algorithm>

namespace kmodsec {

Error sqlite_error(sqlite3* database, const std::string& subject) {
  const std::string said = sqlite3_errmsg(database);
  switch (sqlite3_errcode(database)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {ErrorKind::io, subject, "another run of kmodsec is writing to it"};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT: return {ErrorKind::malformed, subject, "damaged or altered: " + said};
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH: return {ErrorKind::denied, subject, said};
    default: return {ErrorKind::io, subject, said};
  }
}

Result<SqliteImage> open_sqlite_image(std::string_view bytes, const std::string& path) {
  sqlite3* opened = nullptr;
  const int status = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nullptr);
  SqliteImage image(opened);
  if (status != SQLITE_OK) return std::unexpected(sqlite_error(opened, path));
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size() + 1));
  if (copy == nullptr) return failure(ErrorKind::too_large, path, "no memory for it");
  std::ranges::copy(bytes, copy);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int taken =
      sqlite3_deserialize(opened, "main", copy, size, size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
  if (taken != SQLITE_OK) return std::unexpected(sqlite_error(opened, path));
  return image;
}

Statement::Statement(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  status_ =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
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

bool Statement::step() {
  if (failed()) return false;
  const int result = sqlite3_step(statement_.get());
  if (result != SQLITE_ROW && result != SQLITE_DONE) status_ = result;
  return result == SQLITE_ROW;
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string{} : std::string(bytes, static_cast<std::size_t>(size));
}

std::string_view Statement::bytes(int column) const {
  const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return start == nullptr ? std::string_view{}
                          : std::string_view(start, static_cast<std::size_t>(size));
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

}  // namespace kmodsec
