// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/checkout_file.hpp"

#include <filesystem>

#include "system/host_file.hpp"

namespace kmodsec {

Result<std::string> read_checkout_file(const std::string& path, std::size_t limit) {
  std::error_code ignored;
  const auto status = std::filesystem::symlink_status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    return failure(ErrorKind::unsupported, path, "no regular file");
  return read_host_file(path, limit);
}

}  // namespace kmodsec
