// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/own_program.hpp"

#include <unistd.h>

#include <climits>

namespace kmodsec {

std::string own_program() {
  std::string path(PATH_MAX, '\0');
  const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
  if (length <= 0) return "/usr/bin/kmodsec";
  path.resize(static_cast<std::size_t>(length));
  return path;
}

}  // namespace kmodsec
