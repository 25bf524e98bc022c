// SPDX-License-Identifier: GPL-2.0-or-later
// Stand before the functions of libc that have these names: a program's own come first.
#undef _FORTIFY_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "verbs_fuzz/watch_rules.hpp"

using namespace kmodsec;

namespace {

mode_t mode_of(int flags, va_list words) {
  return (flags & O_CREAT) != 0 ? va_arg(words, mode_t) : 0;
}

}  // namespace

extern "C" {

// NOLINTBEGIN(cert-dcl50-cpp,cppcoreguidelines-pro-type-vararg): as libc declares them
int open(const char* path, int flags, ...) {
  va_list words;
  va_start(words, flags);
  const mode_t mode = mode_of(flags, words);
  va_end(words);
  return open_watched(AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list words;
  va_start(words, flags);
  const mode_t mode = mode_of(flags, words);
  va_end(words);
  return open_watched(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
  va_list words;
  va_start(words, flags);
  const mode_t mode = mode_of(flags, words);
  va_end(words);
  return open_watched(folder, path, flags, mode);
}

int openat64(int folder, const char* path, int flags, ...) {
  va_list words;
  va_start(words, flags);
  const mode_t mode = mode_of(flags, words);
  va_end(words);
  return open_watched(folder, path, flags, mode);
}

long syscall(long number, ...) noexcept {
  va_list given;
  va_start(given, number);
  std::array<long, 6> words{};
  for (long& word : words) word = va_arg(given, long);
  va_end(given);
  return call_watched(number, words);
}
// NOLINTEND(cert-dcl50-cpp,cppcoreguidelines-pro-type-vararg)

FILE* fopen(const char* path, const char* how) {
  if (std::strpbrk(how, "wa+") != nullptr) require_write(AT_FDCWD, path);
  FILE* file = behind(&::fopen, "fopen")(path, how);
  if (file != nullptr && is_watching()) require_read(::fileno(file));
  return file;
}

FILE* fopen64(const char* path, const char* how) { return ::fopen(path, how); }

DIR* opendir(const char* path) {
  DIR* folder = behind(&::opendir, "opendir")(path);
  if (folder != nullptr && is_watching()) require_read(::dirfd(folder));
  return folder;
}

int creat(const char* path, mode_t mode) {
  return open_watched(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

int unlink(const char* path) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::unlink, "unlink")(path);
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  require_write(folder, path);
  return behind(&::unlinkat, "unlinkat")(folder, path, flags);
}

int remove(const char* path) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::remove, "remove")(path);
}

int rmdir(const char* path) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::rmdir, "rmdir")(path);
}

int rename(const char* from, const char* to) noexcept {
  require_write(AT_FDCWD, from);
  require_write(AT_FDCWD, to);
  return behind(&::rename, "rename")(from, to);
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  require_write(from_folder, from);
  require_write(to_folder, to);
  return behind(&::renameat, "renameat")(from_folder, from, to_folder, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::mkdir, "mkdir")(path, mode);
}

int mkdirat(int folder, const char* path, mode_t mode) noexcept {
  require_write(folder, path);
  return behind(&::mkdirat, "mkdirat")(folder, path, mode);
}

int symlink(const char* target, const char* path) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::symlink, "symlink")(target, path);
}

int symlinkat(const char* target, int folder, const char* path) noexcept {
  require_write(folder, path);
  return behind(&::symlinkat, "symlinkat")(target, folder, path);
}

int link(const char* from, const char* to) noexcept {
  require_write(AT_FDCWD, to);
  return behind(&::link, "link")(from, to);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  require_write(to_folder, to);
  return behind(&::linkat, "linkat")(from_folder, from, to_folder, to, flags);
}

int chmod(const char* path, mode_t mode) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::chmod, "chmod")(path, mode);
}

int fchmodat(int folder, const char* path, mode_t mode, int flags) noexcept {
  require_write(folder, path);
  return behind(&::fchmodat, "fchmodat")(folder, path, mode, flags);
}

int chown(const char* path, uid_t user, gid_t group) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::chown, "chown")(path, user, group);
}

int fchownat(int folder, const char* path, uid_t user, gid_t group, int flags) noexcept {
  require_write(folder, path);
  return behind(&::fchownat, "fchownat")(folder, path, user, group, flags);
}

int truncate(const char* path, off_t length) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::truncate, "truncate")(path, length);
}

char* mkdtemp(char* path) noexcept {
  require_write(AT_FDCWD, path);
  return behind(&::mkdtemp, "mkdtemp")(path);
}

int mkstemp(char* path) {
  require_write(AT_FDCWD, path);
  return behind(&::mkstemp, "mkstemp")(path);
}

int socket(int domain, int type, int protocol) noexcept {
  if (is_watching()) forbidden("opened", "a socket");
  return behind(&::socket, "socket")(domain, type, protocol);
}

pid_t fork() noexcept {
  require_no_program("a child");
  return behind(&::fork, "fork")();
}

pid_t vfork() noexcept {
  require_no_program("a child");
  return ::fork();
}

int execve(const char* path, char* const* words, char* const* variables) noexcept {
  require_no_program(path);
  return behind(&::execve, "execve")(path, words, variables);
}

int execv(const char* path, char* const* words) noexcept {
  require_no_program(path);
  return behind(&::execv, "execv")(path, words);
}

int execvp(const char* path, char* const* words) noexcept {
  require_no_program(path);
  return behind(&::execvp, "execvp")(path, words);
}

int system(const char* command) {
  require_no_program(command);
  return behind(&::system, "system")(command);
}

FILE* popen(const char* command, const char* how) {
  require_no_program(command);
  return behind(&::popen, "popen")(command, how);
}

int posix_spawn(pid_t* child, const char* path, const posix_spawn_file_actions_t* actions,
                const posix_spawnattr_t* attributes, char* const* words, char* const* variables) {
  require_no_program(path);
  return behind(&::posix_spawn, "posix_spawn")(child, path, actions, attributes, words, variables);
}

int posix_spawnp(pid_t* child, const char* path, const posix_spawn_file_actions_t* actions,
                 const posix_spawnattr_t* attributes, char* const* words, char* const* variables) {
  require_no_program(path);
  return behind(&::posix_spawnp, "posix_spawnp")(child, path, actions, attributes, words,
                                                 variables);
}

}  // extern "C"
