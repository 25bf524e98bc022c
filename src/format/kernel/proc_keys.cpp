// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/proc_keys.hpp"

#include "base/text.hpp"

namespace kmodsec {

std::vector<KeyEntry> parse_proc_keys(std::string_view text) {
  constexpr std::size_t type_field = 7;
  std::vector<KeyEntry> keys;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() <= type_field + 1) return;
    const auto serial = parse_number<std::uint32_t>(words[0], 16);
    if (!serial) return;
    const std::string_view description =
        line.substr(static_cast<std::size_t>(words[type_field + 1].data() - line.data()));
    keys.push_back({*serial, utf8_text(words[type_field]), utf8_text(description)});
  });
  return keys;
}

std::optional<Keyring> parse_system_keyring(const KeyEntry& entry) {
  const std::size_t colon = entry.description.rfind(": ");
  if (entry.type != "keyring" || !entry.description.starts_with('.') || colon == std::string::npos)
    return std::nullopt;
  const std::string_view count = std::string_view(entry.description).substr(colon + 2);
  const auto number = count == "empty" ? 0 : parse_number<std::uint64_t>(count);
  if (!number) return std::nullopt;
  return Keyring{.name = entry.description.substr(0, colon), .keys = *number, .members = {}};
}

std::optional<KernelKey> parse_asymmetric_key(const KeyEntry& entry) {
  constexpr std::string_view separator = ": ";
  if (!entry.type.starts_with("asymmetri")) return std::nullopt;
  const std::string_view text = entry.description;
  const std::size_t kind = text.rfind(separator);
  if (kind == std::string_view::npos || kind == 0) return std::nullopt;
  const std::size_t id = text.rfind(separator, kind - 1);
  if (id == std::string_view::npos) return std::nullopt;
  const std::size_t id_at = id + separator.size();
  return KernelKey{.subject = std::string(text.substr(0, id)),
                   .id = std::string(text.substr(id_at, kind - id_at))};
}

}  // namespace kmodsec
