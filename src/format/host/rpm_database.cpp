// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/rpm_database.hpp"

#include <algorithm>
#include <utility>

#include "format/files/sqlite.hpp"

namespace kmodsec {
namespace {

/// The header of a package of a kernel's modules has some MiB.
constexpr int longest_header = 64 * 1024 * 1024;

/// As rpm makes it (rpm lib/backend/sqlite.cc, `init_table`).
const SqliteObject packages_table{
    "table", "Packages", "Packages",
    "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)"};

/// A view, a trigger, and a column that is computed can run for ever: rpm has none of them. Of its
/// other tables nothing is read.
bool is_of_rpm(const std::vector<SqliteObject>& schema) {
  const bool only_plain = std::ranges::all_of(schema, [](const SqliteObject& object) {
    if (object.table == packages_table.table) return object == packages_table;
    return object.type == "table" || object.type == "index";
  });
  return only_plain && std::ranges::count(schema, packages_table) == 1;
}

}  // namespace

Result<void> for_each_rpm_header(std::string bytes, const std::string& path,
                                 const VisitRpmHeader& visit) {
  auto database = SqliteImage::of_bytes(std::move(bytes), path, longest_header);
  if (!database) return std::unexpected(database.error());
  const auto schema = database->schema();
  if (!schema) return std::unexpected(schema.error());
  if (!is_of_rpm(*schema)) return failure(ErrorKind::malformed, path, "not a database of rpm");
  database->admit({packages_table.name});
  Statement packages(*database, "SELECT blob FROM Packages ORDER BY hnum");
  while (packages.step()) {
    const std::string_view header = packages.bytes(0);
    if (packages.failed()) break;
    if (auto visited = visit(header); !visited) return visited;
  }
  if (packages.failed()) return std::unexpected(database->error());
  return {};
}

}  // namespace kmodsec
