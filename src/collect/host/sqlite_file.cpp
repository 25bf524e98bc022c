// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/sqlite_file.hpp"

namespace kmodsec {

Result<void> is_whole_database(const Root& root, const std::string& path, std::string_view writer) {
  for (const std::string_view ending : {"-wal", "-journal"}) {
    const std::string beside = path + std::string(ending);
    const auto status = root.link_status(beside);
    if (!status && status.error().kind == ErrorKind::not_found) continue;
    if (!status) return std::unexpected(status.error());
    if (status->type == FileType::regular && status->size == 0) continue;
    return failure(
        ErrorKind::io, beside,
        std::string(writer) +
            " is writing, or was interrupted: not all is in the file; let its host finish");
  }
  return {};
}

Result<std::string> read_database(const Root& root, const std::string& path, std::size_t limit,
                                  std::string_view writer) {
  if (auto whole = is_whole_database(root, path, writer); !whole)
    return std::unexpected(whole.error());
  auto bytes = root.read(path, limit);
  if (!bytes) return bytes;
  if (auto whole = is_whole_database(root, path, writer); !whole)
    return std::unexpected(whole.error());
  return bytes;
}

}  // namespace kmodsec
