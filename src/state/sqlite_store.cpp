// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/sqlite_store.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace kmodsec {
namespace {

bool has_schema_of(const StoreFormat& format, const std::vector<SqliteObject>& schema) {
  return std::ranges::equal(
      schema, format.tables, [](const SqliteObject& object, const StoreTable& ours) {
        return object == SqliteObject{"table", ours.name, ours.name, ours.sql};
      });
}

Result<SqliteHeader> readable_header(const std::string& bytes, const std::string& path,
                                     const StoreFormat& format) {
  const auto is_none = [&] { return failure(ErrorKind::not_found, path, format.absent); };
  if (bytes.empty()) return is_none();
  const auto header = SqliteHeader::of(bytes);
  if (!header)
    return failure(ErrorKind::malformed, path, "damaged or altered: not a store of kmodsec");
  if (header->user_version == 0) return is_none();
  if (header->user_version > format.version)
    return failure(ErrorKind::unsupported, path,
                   fmt::format("written by a newer kmodsec (format {}, this one reads {})",
                               header->user_version, format.version));
  return *header;
}

}  // namespace

Result<SqliteImage> open_store(std::string bytes, const std::string& path,
                               const StoreFormat& format) {
  const auto header = readable_header(bytes, path, format);
  if (!header) return std::unexpected(header.error());
  auto image = SqliteImage::of_bytes(std::move(bytes), path, format.longest_row);
  if (!image) return image;
  const auto schema = image->schema();
  if (!schema) return std::unexpected(schema.error());
  if (header->has_log || !has_schema_of(format, *schema))
    return failure(ErrorKind::malformed, path, "altered: its tables are not those of a store");
  std::vector<std::string> names;
  for (const StoreTable& table : format.tables) names.emplace_back(table.name);
  image->admit(std::move(names));
  return image;
}

Result<SqliteImage> make_store(const std::string& path, const StoreFormat& format) {
  std::string statements;
  for (const StoreTable& table : format.tables) statements += std::string(table.sql) + ";";
  return SqliteImage::made(
      (statements + fmt::format("PRAGMA user_version = {}", format.version)).c_str(), path);
}

std::string insert_into(const StoreTable& table) {
  std::string places = "?";
  for (int column = 1; column < table.columns; ++column) places += ", ?";
  return fmt::format("INSERT INTO {} VALUES ({})", table.name, places);
}

}  // namespace kmodsec
