// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace kmodsec::test {

/// A folder on the disk that goes away with the test.
class TemporaryTree {
 public:
  TemporaryTree() {
    std::string name = (std::filesystem::temp_directory_path() / "kmodsec-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  TemporaryTree(const TemporaryTree&) = delete;
  TemporaryTree& operator=(const TemporaryTree&) = delete;
  ~TemporaryTree() { std::filesystem::remove_all(folder_); }

  std::string folder() const { return folder_.string(); }

  void write(const std::string& path, const std::string& content) const {
    std::filesystem::create_directories(on_disk(path).parent_path());
    std::ofstream(on_disk(path), std::ios::binary) << content;
  }

  /// Empty when there is no such file.
  std::string read(const std::string& path) const {
    std::ifstream file(on_disk(path), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  bool has(const std::string& path) const {
    return std::filesystem::exists(std::filesystem::symlink_status(on_disk(path)));
  }

  std::filesystem::path on_disk(const std::string& path) const { return folder_ / path.substr(1); }

 private:
  std::filesystem::path folder_;
};

}  // namespace kmodsec::test
