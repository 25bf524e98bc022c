// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/efi_lists.hpp"

#include "support/bytes.hpp"

namespace kmodsec::test {
namespace {

constexpr std::size_t list_header_size = 28;

}  // namespace

std::string efi_list(std::string_view type, const std::vector<std::string>& entries,
                     std::string_view header) {
  const std::string owner(16, 'o');
  std::string body;
  for (const std::string& entry : entries) body += owner + entry;
  return std::string(type) + little(list_header_size + header.size() + body.size(), 4) +
         little(header.size(), 4) + little(body.size() / entries.size(), 4) + std::string(header) +
         body;
}

}  // namespace kmodsec::test
