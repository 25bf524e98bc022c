// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/write_descriptor.hpp"

#include <unistd.h>

#include <cerrno>

#include "system/files/errno_error.hpp"

namespace kmodsec {

Result<void> write_descriptor(int fd, std::string_view path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno_error(path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace kmodsec
