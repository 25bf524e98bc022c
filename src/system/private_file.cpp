// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "system/descriptor.hpp"
#include "system/errno_error.hpp"

namespace kmodsec {

Result<void> make_private_file(const std::string& path) {
  constexpr mode_t folder_mode = 0700;
  constexpr mode_t file_mode = 0600;
  const std::string folder = path.substr(0, path.rfind('/'));
  const bool has_folder = path.find('/') != std::string::npos && !folder.empty();
  if (has_folder && ::mkdir(folder.c_str(), folder_mode) != 0 && errno != EEXIST)
    return errno_error(folder);
  const Descriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, file_mode));
  if (!fd.is_open()) return errno_error(path);
  return {};
}

}  // namespace kmodsec
