// SPDX-License-Identifier: GPL-2.0-or-later
//
// What every store of ours has in common: an SQLite database with exactly the tables that this
// program makes.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"
#include "format/files/sqlite.hpp"

namespace kmodsec {

struct StoreTable {
  const char* name;
  const char* sql;  ///< The statement that makes it.
  int columns;
};

struct StoreFormat {
  std::span<const StoreTable> tables;
  std::int64_t version;  ///< PRAGMA user_version. A version that reads it differently raises it.
  int longest_row;       ///< Bytes.
  const char* absent;    ///< What the error says where there is no store.
};

/// A store that somebody else may have written, to read. It has these tables and nothing else: no
/// view, trigger, index or computed column, which could answer with what no row holds, or never.
/// `path` names it in errors: `not_found` without any; `malformed` for what is no store;
/// `unsupported` for one that a newer version wrote.
Result<SqliteImage> open_store(std::string bytes, const std::string& path,
                               const StoreFormat& format);

/// An empty one.
Result<SqliteImage> make_store(const std::string& path, const StoreFormat& format);

/// A statement for a row of the table, with a parameter for each column.
std::string insert_into(const StoreTable& table);

}  // namespace kmodsec
