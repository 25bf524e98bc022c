// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "system/image_root.hpp"

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

  bool is_running_system() const override { return running_; }

 private:
  void put(const std::string& path, const FileStatus& status, std::string content);

  bool running_;
};

}  // namespace kmodsec::test
