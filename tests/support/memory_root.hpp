// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>

#include "system/root.hpp"

namespace kmodsec::test {

/// A machine made of strings, for tests. Folders exist because files stand in them.
class MemoryRoot : public Root {
 public:
  explicit MemoryRoot(bool running = false) : running_(running) {}

  void add_file(const std::string& path, std::string content, std::uint32_t mode = 0644,
                std::uint32_t uid = 0);
  void add_folder(const std::string& path, std::uint32_t mode = 0755, std::uint32_t uid = 0);
  void add_link(const std::string& path, std::string target);

  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_records(std::string_view path, std::size_t limit) const override;
  Result<std::unique_ptr<File>> open(std::string_view path) const override;
  Result<std::vector<Entry>> list(std::string_view path) const override;
  Result<std::string> read_link(std::string_view path) const override;
  Result<FileStatus> status(std::string_view path) const override;
  Result<FileStatus> link_status(std::string_view path) const override;
  bool is_running_system() const override { return running_; }

 private:
  struct Node {
    FileStatus status;
    std::string content;
  };

  Result<const Node*> find(std::string_view path, bool follow_last) const;
  Result<std::string> resolve(std::string_view path, bool follow_last) const;
  void add_parents(const std::string& path);

  std::map<std::string, Node, std::less<>> nodes_;
  bool running_;
};

}  // namespace kmodsec::test
