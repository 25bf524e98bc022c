// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cves/upstream_version.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include <fmt/format.h>

namespace kmodsec {
namespace {

constexpr std::size_t most_parts = 4;

struct Parts {
  std::array<unsigned, most_parts> numbers{};
  std::size_t count = 0;
  std::string_view rest;
};

std::optional<Parts> take_apart(std::string_view text) {
  Parts parts{.rest = text};
  while (parts.count < most_parts) {
    unsigned& number = parts.numbers.at(parts.count);
    const char* const end = parts.rest.data() + parts.rest.size();
    const auto [after, error] = std::from_chars(parts.rest.data(), end, number);
    if (error != std::errc{}) return std::nullopt;
    parts.rest.remove_prefix(static_cast<std::size_t>(after - parts.rest.data()));
    ++parts.count;
    const bool goes_on = parts.rest.size() > 1 && parts.rest[0] == '.' && parts.rest[1] >= '0' &&
                         parts.rest[1] <= '9';
    if (!goes_on) return parts;
    parts.rest.remove_prefix(1);
  }
  return parts;
}

}  // namespace

std::string UpstreamVersion::branch() const {
  return mainline.major < 3
             ? fmt::format("{}.{}.{}", mainline.major, mainline.minor, mainline.third)
             : fmt::format("{}.{}", mainline.major, mainline.minor);
}

std::optional<UpstreamVersion> parse_upstream_version(std::string_view text) {
  const auto parts = take_apart(text);
  if (!parts || parts->count < 2) return std::nullopt;
  const auto& [numbers, count, rest] = *parts;
  UpstreamVersion version{.mainline = {numbers[0], numbers[1], 0}};
  version.release_candidate = rest.starts_with("-rc");
  const std::size_t of_mainline = numbers[0] < 3 ? 3 : 2;
  if (of_mainline == 3 && count > 2) version.mainline.third = numbers[2];
  if (count > of_mainline) version.patch = numbers.at(of_mainline);
  return version;
}

}  // namespace kmodsec
