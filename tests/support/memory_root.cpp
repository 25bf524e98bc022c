// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/memory_root.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

namespace kmodsec::test {

void MemoryRoot::put(const std::string& path, const FileStatus& status, std::string content) {
  const auto added = add(path, status, SharedBytes(std::move(content)));
  if (!added) throw std::runtime_error(to_string(added.error()));
}

void MemoryRoot::add_file(const std::string& path, std::string content, std::uint32_t mode,
                          std::uint32_t uid) {
  put(path, {FileType::regular, 0, mode, uid, uid}, std::move(content));
}

void MemoryRoot::add_folder(const std::string& path, std::uint32_t mode, std::uint32_t uid) {
  put(path, {FileType::directory, 0, mode, uid, uid}, "");
}

void MemoryRoot::add_link(const std::string& path, std::string target) {
  put(path, {FileType::link, 0, 0777, 0, 0}, std::move(target));
}

}  // namespace kmodsec::test
