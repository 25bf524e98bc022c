// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/crypto_algorithms.hpp"

#include "base/text.hpp"

namespace kmodsec {

std::vector<CryptoAlgorithm> parse_crypto_algorithms(std::string_view text) {
  std::vector<CryptoAlgorithm> algorithms;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (key == "name") algorithms.push_back({utf8_text(value), {}, {}, 0});
    if (algorithms.empty()) return;
    CryptoAlgorithm& algorithm = algorithms.back();
    if (key == "driver") algorithm.driver = utf8_text(value);
    if (key == "module") algorithm.module = utf8_text(value);
    if (key == "refcnt") algorithm.refcount = parse_number<std::uint64_t>(value).value_or(0);
  });
  return algorithms;
}

}  // namespace kmodsec
