// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/temporary_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "system/errno_error.hpp"

namespace kmodsec {

Result<TemporaryFolder> TemporaryFolder::create() {
  std::error_code failed;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(failed);
  if (failed) return failure(ErrorKind::io, "temporary folder", failed.message());
  std::string path = (parent / "kmodsec-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) return errno_error(path);
  return TemporaryFolder(std::move(path));
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace kmodsec
