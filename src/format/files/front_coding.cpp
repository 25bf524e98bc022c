// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/front_coding.hpp"

#include <algorithm>
#include <cstddef>

namespace kmodsec {
namespace {

constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

bool begins_inside_a_character(std::string_view text) {
  return !text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U;
}

std::size_t shared_with(std::string_view previous, std::string_view text) {
  const std::size_t most = std::min({previous.size(), text.size(), letters.size() - 1});
  const auto differs = std::ranges::mismatch(previous.substr(0, most), text.substr(0, most));
  auto shared = static_cast<std::size_t>(differs.in1 - previous.begin());
  while (shared > 0 && begins_inside_a_character(text.substr(shared))) --shared;
  return shared;
}

}  // namespace

std::vector<std::string> front_coded(const std::vector<std::string_view>& texts) {
  std::vector<std::string> coded;
  coded.reserve(texts.size());
  std::string_view previous;
  for (const std::string_view text : texts) {
    const std::size_t shared = shared_with(previous, text);
    coded.push_back(letters[shared] + std::string(text.substr(shared)));
    previous = text;
  }
  return coded;
}

Result<std::string> front_decoded(std::string_view coded, std::string_view previous) {
  const std::size_t shared = coded.empty() ? letters.npos : letters.find(coded.front());
  if (shared == letters.npos || shared > previous.size())
    return failure(ErrorKind::malformed, "", "shares more with the text before it than that has");
  return std::string(previous.substr(0, shared)).append(coded.substr(1));
}

}  // namespace kmodsec
