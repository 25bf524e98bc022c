// SPDX-License-Identifier: GPL-2.0-or-later
//
// The little of SQLite's interface that a store needs, with errors as values.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// The error that the database has now. `subject` is the file.
Error sqlite_error(sqlite3* database, const std::string& subject);

struct CloseSqlite {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using SqliteImage = std::unique_ptr<sqlite3, CloseSqlite>;

/// A database that somebody else may have written, read from a copy of its bytes. What its schema
/// would run is not trusted. `path` names it in errors.
Result<SqliteImage> open_sqlite_image(std::string_view bytes, const std::string& path);

/// A prepared statement. Parameters count from 1, columns from 0.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, std::int64_t number);

  /// Whether there is a row; false at the end. Errors have been `failed`.
  bool step();

  /// Ready for other parameters.
  void reset();

  bool failed() const { return status_ != SQLITE_OK; }
  std::string text(int column) const;
  std::int64_t number(int column) const;

  /// Of a blob; valid until the next step.
  std::string_view bytes(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int status_ = SQLITE_OK;
};

}  // namespace kmodsec
