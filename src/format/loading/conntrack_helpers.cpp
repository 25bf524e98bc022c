// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/conntrack_helpers.hpp"

#include <algorithm>
#include <cstddef>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view quotes = "\"'";
constexpr std::string_view ufw_setting = "IPT_MODULES=";

std::string_view unquoted(std::string_view word) {
  while (!word.empty() && quotes.contains(word.front())) word.remove_prefix(1);
  while (!word.empty() && quotes.contains(word.back())) word.remove_suffix(1);
  return word;
}

bool is_helper_name(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

void add(std::string_view prefix, std::string_view word, std::vector<std::string>& requests) {
  const std::string_view name = unquoted(word);
  if (is_helper_name(name)) requests.push_back(std::string(prefix) + std::string(name));
}

/// The word behind `before` where a helper is named.
void add_helpers(const std::vector<std::string_view>& words, std::vector<std::string>& requests) {
  constexpr std::string_view alias = "nfct-helper-";
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool in_iptables = words[i] == "--helper";
    const bool in_nftables = words[i] == "type" && words[i + 1].starts_with('"') &&
                             i + 2 < words.size() && words[i + 2] == "protocol";
    if (in_iptables || in_nftables) add(alias, words[i + 1], requests);
  }
}

}  // namespace

std::vector<std::string> requested_helpers(std::string_view text) {
  std::vector<std::string> requests;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    line = trim(line);
    if (line.starts_with('#')) return;
    if (!line.starts_with(ufw_setting)) return add_helpers(split_words(line), requests);
    for (const std::string_view module : split_words(unquoted(line.substr(ufw_setting.size()))))
      add("", module, requests);
  });
  std::ranges::sort(requests);
  requests.erase(std::ranges::unique(requests).begin(), requests.end());
  return requests;
}

}  // namespace kmodsec
