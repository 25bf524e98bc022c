// SPDX-License-Identifier: GPL-2.0-or-later
#undef _FORTIFY_SOURCE
#include "verbs_fuzz/watched_calls.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <string_view>
#include <utility>

#include "verbs_fuzz/watch_rules.hpp"

namespace kmodsec {
namespace {

std::atomic<bool> trust_status = false;
Allowed allowed_now;

/// What the C and C++ runtimes open by themselves, and where the program keeps what it knows of
/// kernels.
constexpr std::array our_own = {"/sys/devices/system/cpu", "/proc/self/maps", "/var/cache/kmodsec"};

std::string path_of(int fd) {
  std::array<char, PATH_MAX> target{};
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
  return {target.data(), length < 0 ? 0 : static_cast<std::size_t>(length)};
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool writes(std::uint64_t flags) {
  return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
}

/// Of a folder above, where a path begins that is followed step by step: nothing is read of it.
bool is_only_passed(const std::string& path, std::uint64_t flags) {
  return (flags & O_PATH) != 0 && (path == "/" || is_below(allowed_now.folder, path));
}

int checked(int fd, std::uint64_t flags) {
  if (!trust_status || fd < 0) return fd;
  const std::string path = path_of(fd);
  if (!is_only_passed(path, flags)) require_read(fd);
  if (path != allowed_now.unreadable || (flags & O_PATH) != 0) return fd;
  ::close(fd);
  errno = EACCES;
  return -1;
}

}  // namespace

void forbidden(const char* what, std::string_view subject) {
  trust_status = false;
  std::fprintf(stderr, "forbidden: %s %.*s\n", what, static_cast<int>(subject.size()),
               subject.data());
  __builtin_trap();
}

bool is_watching() { return trust_status; }

void require_no_program(const char* path) {
  if (trust_status) forbidden("started", path);
}

void require_read(int fd) {
  const std::string path = path_of(fd);
  const bool is_ours =
      std::ranges::any_of(our_own, [&](const char* own) { return path.starts_with(own); });
  if (!is_below(path, allowed_now.folder) && !is_ours) forbidden("opened", path);
}

void require_write(int folder, const char* path) {
  if (!trust_status) return;
  const std::string whole = *path == '/' ? path : path_of(folder) + "/" + path;
  const bool leads_away = whole.find("/../") != whole.npos || whole.ends_with("/..");
  const bool is_fine = !allowed_now.writable.empty() && whole.starts_with(allowed_now.writable);
  if (leads_away || !is_fine) forbidden("wrote", whole);
}

int open_watched(int folder, const char* path, int flags, mode_t mode) {
  static const auto real = behind(&::openat, "openat");
  if (writes(static_cast<std::uint64_t>(flags))) require_write(folder, path);
  return checked(real(folder, path, flags, mode), static_cast<std::uint64_t>(flags));
}

/// Answers to a watched `openat2` and to the calls that touch no file.
long call_watched(long number, const std::array<long, 6>& words) {
  static const auto real = behind(&::syscall, "syscall");
  const long answer = real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
  if (!trust_status || number == SYS_capget || number == SYS_futex || number == SYS_gettid)
    return answer;
  if (number != SYS_openat2) forbidden("called", std::to_string(number));
  const auto* how = reinterpret_cast<const open_how*>(words[2]);
  if (writes(how->flags)) forbidden("wrote", reinterpret_cast<const char*>(words[1]));
  return checked(static_cast<int>(answer), how->flags);
}

Watch::Watch(Allowed allowed) {
  allowed_now = std::move(allowed);
  trust_status = true;
}

Watch::~Watch() { trust_status = false; }

}  // namespace kmodsec
