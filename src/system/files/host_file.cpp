// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/host_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"
#include "system/files/read_descriptor.hpp"
#include "system/files/write_descriptor.hpp"

namespace kmodsec {
namespace {

constexpr mode_t readable_by_owner = 0600;

Result<void> write_directly(const std::string& path, std::string_view content) {
  const Descriptor fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd.is_open()) return errno_error(path);
  return write_descriptor(fd.get(), path, content);
}

Result<void> write_synced(const std::string& temporary, const std::string& path,
                          std::string_view content) {
  const Descriptor fd(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, readable_by_owner));
  if (!fd.is_open()) return errno_error(path);
  if (auto written = write_descriptor(fd.get(), path, content); !written) return written;
  if (::fsync(fd.get()) != 0) return errno_error(path);
  if (::rename(temporary.c_str(), path.c_str()) != 0) return errno_error(path);
  return {};
}

}  // namespace

Result<std::string> read_host_file(const std::string& path, std::size_t limit) {
  const Descriptor fd(path == "-" ? ::dup(STDIN_FILENO)
                                  : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!fd.is_open()) return errno_error(path);
  return read_descriptor(fd.get(), path, 0, limit);
}

Result<void> write_host_file(const std::string& path, std::string_view content) {
  struct stat existing{};
  const bool is_special = ::stat(path.c_str(), &existing) == 0 && !S_ISREG(existing.st_mode);
  if (is_special) return write_directly(path, content);
  const std::string temporary = path + ".kmodsec-" + std::to_string(::getpid());
  auto written = write_synced(temporary, path, content);
  if (!written) ::unlink(temporary.c_str());
  return written;
}

Result<void> write_output(const std::string& path, std::string_view content) {
  if (!path.empty()) return write_host_file(path, content);
  const bool written = std::fwrite(content.data(), 1, content.size(), stdout) == content.size() &&
                       std::fflush(stdout) == 0;
  if (!written) return failure(ErrorKind::io, "stdout", "could not be written");
  return {};
}

}  // namespace kmodsec
