// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/proc_keys.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kmodsec {

std::vector<KeyEntry> parse_proc_keys(std::string_view text) {
  constexpr std::size_t type_field = 7;
  std::vector<KeyEntry> keys;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() <= type_field + 1 || !parse_number<std::uint32_t>(words[0], 16)) return;
    const std::string_view description =
        line.substr(static_cast<std::size_t>(words[type_field + 1].data() - line.data()));
    keys.push_back({utf8_text(words[0]), utf8_text(words[type_field]), utf8_text(description)});
  });
  return keys;
}

std::vector<Keyring> system_keyrings(const std::vector<KeyEntry>& keys) {
  std::vector<Keyring> keyrings;
  for (const KeyEntry& key : keys) {
    const std::size_t colon = key.description.rfind(": ");
    if (key.type != "keyring" || !key.description.starts_with('.') || colon == std::string::npos)
      continue;
    const std::string_view count = std::string_view(key.description).substr(colon + 2);
    const auto number = count == "empty" ? 0 : parse_number<std::uint64_t>(count);
    if (number) keyrings.push_back({key.description.substr(0, colon), *number});
  }
  std::ranges::sort(keyrings, {}, &Keyring::name);
  return keyrings;
}

}  // namespace kmodsec
