// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "system/files/image_root.hpp"

namespace kmodsec::test {

/// A machine made of strings, for tests. Folders exist because files stand in them. Throws where
/// nothing can be added.
class MemoryRoot : public ImageRoot {
 public:
  explicit MemoryRoot(bool running = false) : running_(running) {}

  void add_file(const std::string& path, std::string content, std::uint32_t mode = 0644,
                std::uint32_t uid = 0);
  void add_folder(const std::string& path, std::uint32_t mode = 0755, std::uint32_t uid = 0);
  void add_link(const std::string& path, std::string target);

  void add_lists(const std::string& path, AccessLists lists) {
    lists_.insert_or_assign(path, std::move(lists));
  }

  Result<AccessLists> access_lists(std::string_view path) const override {
    const auto found = lists_.find(path);
    return found == lists_.end() ? AccessLists{} : found->second;
  }

  bool is_running_system() const override { return running_; }
  bool is_whole() const override { return running_; }

 private:
  void put(const std::string& path, const FileStatus& status, std::string content);

  bool running_;
  std::map<std::string, AccessLists, std::less<>> lists_;
};

}  // namespace kmodsec::test
