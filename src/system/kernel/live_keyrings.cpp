// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/kernel/live_keyrings.hpp"

#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>

#include <fmt/format.h>

#include "system/files/errno_error.hpp"

namespace kmodsec {

Result<std::vector<std::uint32_t>> live_keyring_members(std::uint32_t keyring) {
  constexpr std::size_t most_keys = 1UL << 20;
  std::vector<std::uint32_t> serials(1024);
  while (serials.size() <= most_keys) {
    const std::size_t room = serials.size() * sizeof(std::uint32_t);
    const long size = ::syscall(SYS_keyctl, KEYCTL_READ, keyring, serials.data(), room);
    if (size < 0) return errno_error(fmt::format("keyring {:08x}", keyring));
    const bool complete = static_cast<std::size_t>(size) <= room;
    serials.resize(static_cast<std::size_t>(size) / sizeof(std::uint32_t));
    if (complete) return serials;
  }
  return failure(ErrorKind::too_large, fmt::format("keyring {:08x}", keyring),
                 "holds more keys than can be believed");
}

}  // namespace kmodsec
