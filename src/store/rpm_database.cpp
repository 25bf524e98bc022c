// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/rpm_database.hpp"

#include <utility>

#include "store/sqlite.hpp"

namespace kmodsec {
namespace {

/// Which way the database is written, and read (sqlite.org/fileformat2.html, 1.3.3): 2 is for a log
/// beside the file. Bytes in memory have none, and SQLite would refuse them.
constexpr std::size_t write_version_at = 18;
constexpr std::size_t read_version_at = 19;
constexpr char with_log = 2;
constexpr char without_log = 1;

void leave_out_log(std::string& bytes) {
  for (const std::size_t at : {write_version_at, read_version_at}) {
    if (bytes.size() > at && bytes[at] == with_log) bytes[at] = without_log;
  }
}

/// A view of this name could run for ever.
bool has_table(sqlite3* database) {
  Statement found(database,
                  "SELECT 1 FROM sqlite_master WHERE name = 'Packages' AND type = 'table'"
                  " AND sql NOT LIKE '%VIRTUAL%'");
  return found.step();
}

}  // namespace

Result<void> for_each_rpm_header(std::string bytes, const std::string& path,
                                 const VisitRpmHeader& visit) {
  leave_out_log(bytes);
  const auto database = open_sqlite_image(bytes, path);
  if (!database) return std::unexpected(database.error());
  std::size_t left = std::exchange(bytes, {}).size();
  if (!has_table(database->get()))
    return failure(ErrorKind::malformed, path, "not a database of rpm");
  Statement packages(database->get(), "SELECT blob FROM Packages ORDER BY hnum");
  while (packages.step()) {
    const std::string_view header = packages.bytes(0);
    if (header.size() > left) return failure(ErrorKind::malformed, path, "longer than its file");
    left -= header.size();
    if (auto visited = visit(header); !visited) return visited;
  }
  if (packages.failed()) return std::unexpected(sqlite_error(database->get(), path));
  return {};
}

}  // namespace kmodsec
