// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/bytes.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace kmodsec::test {

std::string little(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

std::string corpus(const std::string& name) {
  const std::string path = KMODSEC_SOURCE_DIR "/fuzz/corpus/" + name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + ": no such file");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace kmodsec::test
