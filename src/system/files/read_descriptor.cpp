// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/read_descriptor.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/text.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
void make_room(std::string& content, std::size_t size) {
  content.resize_and_overwrite(size, [](char*, std::size_t count) { return count; });
}

Result<std::string> read_descriptor(int fd, std::string_view path, std::size_t size_hint,
                                    std::size_t limit) {
  constexpr std::size_t read_step = 64UL * 1024;
  std::string content;
  std::size_t used = 0;
  make_room(content, std::min(std::max(size_hint + 1, std::size_t{4096}), limit + 1));
  while (true) {
    const ssize_t got = ::read(fd, content.data() + used, content.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno_error(path);
    used += static_cast<std::size_t>(got);
    if (used > limit)
      return failure(ErrorKind::too_large, utf8_text(path), "larger than the limit");
    if (got == 0) break;
    if (used == content.size())
      make_room(content, std::min(used + std::max(read_step, used), limit + 1));
  }
  content.resize(used);
  return content;
}

}  // namespace kmodsec
