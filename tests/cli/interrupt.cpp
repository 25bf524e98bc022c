// SPDX-License-Identifier: GPL-2.0-or-later
// Preloaded into kmodsec by tests: ends or fails the call by which it would change a file, at the
// N-th of them (INTERRUPT_AT). INTERRUPT_WITH is "kill" or the number of an error; how many calls
// there were goes to the file INTERRUPT_COUNT.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

int calls = 0;

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool fails_now() {
  const char* at = std::getenv("INTERRUPT_AT");
  const char* with = std::getenv("INTERRUPT_WITH");
  if (++calls != std::atoi(at != nullptr ? at : "0") || with == nullptr) return false;
  if (std::strcmp(with, "kill") == 0) ::raise(SIGKILL);
  errno = std::atoi(with);
  return true;
}

mode_t mode_of(int flags, va_list rest) {
  return (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
}

struct Report {
  ~Report() {
    const char* path = std::getenv("INTERRUPT_COUNT");
    std::FILE* file = path != nullptr ? std::fopen(path, "w") : nullptr;
    if (file == nullptr) return;
    std::fprintf(file, "%d", calls);
    std::fclose(file);
  }
} report;

}  // namespace

extern "C" {

int openat(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  if ((flags & O_CREAT) != 0 && fails_now()) return -1;
  return real<int(int, const char*, int, ...)>("openat")(folder, path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  if ((flags & O_CREAT) != 0 && fails_now()) return -1;
  return real<int(const char*, int, ...)>("open")(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  if ((flags & O_CREAT) != 0 && fails_now()) return -1;
  return real<int(const char*, int, ...)>("open64")(path, flags, mode);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  if (fd > STDERR_FILENO && fails_now()) return -1;
  return real<ssize_t(int, const void*, size_t)>("write")(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t offset) {
  if (fails_now()) return -1;
  return real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64")(fd, bytes, size, offset);
}

int ftruncate64(int fd, off64_t size) noexcept {
  return fails_now() ? -1 : real<int(int, off64_t)>("ftruncate64")(fd, size);
}

int fdatasync(int fd) { return fails_now() ? -1 : real<int(int)>("fdatasync")(fd); }

int fsync(int fd) { return fails_now() ? -1 : real<int(int)>("fsync")(fd); }

int fchmod(int fd, mode_t mode) {
  return fails_now() ? -1 : real<int(int, mode_t)>("fchmod")(fd, mode);
}

int renameat(int old_folder, const char* old_path, int new_folder, const char* new_path) noexcept {
  if (fails_now()) return -1;
  return real<int(int, const char*, int, const char*)>("renameat")(old_folder, old_path, new_folder,
                                                                   new_path);
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  if (fails_now()) return -1;
  return real<int(int, const char*, int)>("unlinkat")(folder, path, flags);
}

int unlink(const char* path) noexcept {
  return fails_now() ? -1 : real<int(const char*)>("unlink")(path);
}

int mkdir(const char* path, mode_t mode) noexcept {
  return fails_now() ? -1 : real<int(const char*, mode_t)>("mkdir")(path, mode);
}

int mkdirat(int folder, const char* path, mode_t mode) noexcept {
  if (fails_now()) return -1;
  return real<int(int, const char*, mode_t)>("mkdirat")(folder, path, mode);
}

int symlinkat(const char* target, int folder, const char* path) noexcept {
  if (fails_now()) return -1;
  return real<int(const char*, int, const char*)>("symlinkat")(target, folder, path);
}
}
