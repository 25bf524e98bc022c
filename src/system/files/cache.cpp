// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/files/descriptor.hpp"
#include "system/files/host_file.hpp"
#include "system/files/read_descriptor.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t entry_limit = 16UL * 1024 * 1024;
constexpr mode_t others_write = 022;
constexpr mode_t cache_folder_mode = 0755;

bool is_roots_alone(int fd) {
  struct stat raw{};
  return ::fstat(fd, &raw) == 0 && raw.st_uid == 0 && (raw.st_mode & others_write) == 0;
}

}  // namespace

std::optional<std::string> Cache::read(std::string_view name) const {
  const Descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder.is_open() || !is_roots_alone(folder.get())) return std::nullopt;
  const std::string entry(name);
  const Descriptor file(
      ::openat(folder.get(), entry.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open() || !is_roots_alone(file.get())) return std::nullopt;
  auto bytes = read_descriptor(file.get(), entry, 0, entry_limit);
  return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

void Cache::write(std::string_view name, std::string_view bytes) const {
  if (::geteuid() != 0) return;
  ::mkdir(folder_.c_str(), cache_folder_mode);
  const Descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder.is_open() || !is_roots_alone(folder.get())) return;
  static_cast<void>(write_host_file(folder_ + "/" + std::string(name), bytes));
}

}  // namespace kmodsec
