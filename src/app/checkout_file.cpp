// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/checkout_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/text.hpp"
#include "system/descriptor.hpp"
#include "system/errno_error.hpp"
#include "system/read_descriptor.hpp"

namespace kmodsec {

Result<std::string> read_checkout_file(const std::string& path, std::size_t limit) {
  const auto refused = failure(ErrorKind::unsupported, utf8_text(path), "no regular file");
  struct stat raw{};
  if (::lstat(path.c_str(), &raw) != 0) return errno_error(path);
  if (!S_ISREG(raw.st_mode)) return refused;
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!fd.is_open() || ::fstat(fd.get(), &raw) != 0) return errno_error(path);
  if (!S_ISREG(raw.st_mode)) return refused;
  return read_descriptor(fd.get(), path, static_cast<std::size_t>(raw.st_size), limit);
}

}  // namespace kmodsec
