// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <mutex>
#include <set>
#include <string>

#include "system/files/root.hpp"

namespace kmodsec::test {

/// Forwards to another root, remembers every path that was asked for, and fails on one of them.
class FaultyRoot : public Root {
 public:
  explicit FaultyRoot(const Root& inner) : inner_(inner) {}

  void fail_on(std::string path, ErrorKind kind) {
    failing_ = std::move(path);
    kind_ = kind;
  }

  const std::set<std::string>& asked() const { return asked_; }

  Result<std::string> read(std::string_view path, std::size_t limit) const override {
    return ask(path, [&] { return inner_.read(path, limit); });
  }
  Result<std::string> read_records(std::string_view path, std::size_t limit) const override {
    return ask(path, [&] { return inner_.read_records(path, limit); });
  }
  Result<std::unique_ptr<File>> open(std::string_view path) const override {
    return ask(path, [&] { return inner_.open(path); });
  }
  Result<std::vector<Entry>> list(std::string_view path) const override {
    return ask(path, [&] { return inner_.list(path); });
  }
  Result<std::string> read_link(std::string_view path) const override {
    return ask(path, [&] { return inner_.read_link(path); });
  }
  Result<FileStatus> status(std::string_view path) const override {
    return ask(path, [&] { return inner_.status(path); });
  }
  Result<FileStatus> link_status(std::string_view path) const override {
    return ask(path, [&] { return inner_.link_status(path); });
  }
  Result<AccessLists> access_lists(std::string_view path) const override {
    return inner_.access_lists(path);
  }
  bool is_running_system() const override { return inner_.is_running_system(); }
  bool is_whole() const override { return inner_.is_whole(); }

 private:
  template <class Forward>
  auto ask(std::string_view path, Forward forward) const -> decltype(forward()) {
    {
      const std::lock_guard lock(mutex_);
      asked_.emplace(path);
    }
    if (path == failing_) return failure(kind_, std::string(path), "made to fail");
    return forward();
  }

  const Root& inner_;
  std::string failing_;
  ErrorKind kind_ = ErrorKind::denied;
  mutable std::mutex mutex_;
  mutable std::set<std::string> asked_;
};

}  // namespace kmodsec::test
