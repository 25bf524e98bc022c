// SPDX-License-Identifier: GPL-2.0-or-later
//
// The little of SQLite's interface that a store needs, with errors as values. Databases are bytes
// in memory: SQLite opens no file, so that neither a journal beside one nor a link decides what it
// touches.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// What the header of a database says (sqlite.org/fileformat2.html, 1.3).
struct SqliteHeader {
  std::int64_t user_version = 0;
  bool has_log = false;  ///< It is written with a log beside it (WAL).

  /// Returns nothing for what is no database, or one whose text is not UTF-8.
  static std::optional<SqliteHeader> of(std::string_view bytes);
};

/// One row of the schema.
struct SqliteObject {
  std::string type;
  std::string name;
  std::string table;
  std::string sql;

  bool operator==(const SqliteObject&) const = default;
};

/// A database in memory.
class SqliteImage {
 public:
  /// One that somebody else may have written, to read. Nothing that its schema would run is run,
  /// and it may ask for as much work as its size explains. `path` names it in errors; a row longer
  /// than `longest` bytes is one.
  static Result<SqliteImage> of_bytes(std::string bytes, const std::string& path, int longest);

  /// One of our own, made by these statements.
  static Result<SqliteImage> made(const char* statements, const std::string& path);

  SqliteImage(SqliteImage&&) noexcept = default;
  SqliteImage& operator=(SqliteImage&&) = delete;  // The old pages would go before who reads them.
  ~SqliteImage() = default;

  /// The objects that it is made of, in the order of their creation. Errors: `malformed`.
  Result<std::vector<SqliteObject>> schema() const;

  /// Has only what reads these tables run from now on.
  void admit(std::vector<std::string> tables);

  /// The bytes that a file of it would have.
  Result<std::string> bytes() const;

  sqlite3* get() const { return database_.get(); }
  Error error() const;

 private:
  friend class Statement;

  struct State {
    std::string bytes;
    std::string path;
    std::int64_t steps_left = 0;
    bool is_overdrawn = false;  ///< It has given more than it holds.
    std::vector<std::string> tables;
  };
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };

  explicit SqliteImage(std::unique_ptr<State> state) : state_(std::move(state)) {}

  static Result<SqliteImage> empty(State state);
  static int count_step(void* state);
  static int authorize(void* state, int action, const char* what, const char* how, const char*,
                       const char*);

  std::unique_ptr<State> state_;
  std::unique_ptr<sqlite3, Close> database_;
};

/// A prepared statement. Parameters count from 1, columns from 0. It gives no more text and blobs
/// than an image was read of: pages can be made to be part of many rows.
class Statement {
 public:
  Statement(const SqliteImage& image, std::string_view sql);

  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, std::int64_t number);
  Statement& bind(int parameter, const Statement& row, int column);

  /// Whether there is a row; false at the end. Errors have been `failed`.
  bool step();

  /// Ready for other parameters.
  void reset();

  bool failed() const { return status_ != SQLITE_OK; }
  std::string text(int column);
  std::int64_t number(int column) const;

  /// The bytes of a blob; they are valid until the next step.
  std::string_view bytes(int column);

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  std::string_view charge(const void* start, int size);

  SqliteImage::State* state_;
  std::size_t bytes_left_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int status_ = SQLITE_OK;
};

}  // namespace kmodsec
