// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/followed_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

Descriptor open_file(const std::string& path) {
  return Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
}

bool is_same(const struct stat& left, const struct stat& right) {
  return left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

class FollowedFile final : public RecordSource {
 public:
  FollowedFile(std::string path, Descriptor file, Descriptor watch)
      : path_(std::move(path)), file_(std::move(file)), watch_(std::move(watch)) {}

  Result<std::string> next(std::optional<std::chrono::milliseconds> patience) override {
    for (;;) {
      auto bytes = read_more();
      if (!bytes || !bytes->empty()) return bytes;
      if (take_replacement()) continue;
      if (!wait(patience)) return std::string{};
    }
  }

  std::string trouble() override { return std::exchange(trouble_, {}); }

 private:
  Result<std::string> read_more() {
    std::string bytes(std::size_t{64} * 1024, '\0');
    const ssize_t size = ::read(file_.get(), bytes.data(), bytes.size());
    if (size < 0) return errno_error(path_);
    bytes.resize(static_cast<std::size_t>(size));
    return bytes;
  }

  /// All of the old file was read. True when there is another one, or the same from its beginning.
  bool take_replacement() {
    struct stat at_path{};
    struct stat open{};
    if (::fstat(file_.get(), &open) != 0) return false;
    if (::stat(path_.c_str(), &at_path) == 0 && !is_same(at_path, open)) {
      Descriptor fresh = open_file(path_);
      if (!fresh.is_open()) return false;
      file_ = std::move(fresh);
      trouble_ = path_ + " was replaced, going on with the new one";
      return true;
    }
    if (::lseek(file_.get(), 0, SEEK_CUR) <= open.st_size) return false;
    ::lseek(file_.get(), 0, SEEK_SET);
    trouble_ = path_ + " was cut, going on from its beginning";
    return true;
  }

  /// False when nothing happened in its folder for so long.
  bool wait(std::optional<std::chrono::milliseconds> patience) {
    pollfd wait{.fd = watch_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&wait, 1, patience ? static_cast<int>(patience->count()) : -1) <= 0) return false;
    std::array<char, 4096> changes{};
    return ::read(watch_.get(), changes.data(), changes.size()) >= 0;
  }

  std::string path_;
  Descriptor file_;
  Descriptor watch_;
  std::string trouble_;
};

}  // namespace

Result<std::unique_ptr<RecordSource>> follow_file(const std::string& path) {
  Descriptor file = open_file(path);
  if (!file.is_open()) return errno_error(path);
  ::lseek(file.get(), 0, SEEK_END);
  Descriptor watch(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  constexpr unsigned changes = IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE;
  if (!watch.is_open() || ::inotify_add_watch(watch.get(), folder.c_str(), changes) < 0)
    return errno_error(folder);
  return std::make_unique<FollowedFile>(path, std::move(file), std::move(watch));
}

}  // namespace kmodsec
