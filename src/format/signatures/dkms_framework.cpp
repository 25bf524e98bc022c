// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/dkms_framework.hpp"

#include <optional>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// The value of a plain assignment; nothing where a shell would have to work it out.
std::optional<std::string> plain_value(std::string_view value) {
  const char quote = value.empty() ? '\0' : value.front();
  if (quote == '"' || quote == '\'') {
    value.remove_prefix(1);
    const std::size_t end = value.find(quote);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view behind = trim(value.substr(end + 1));
    if (!behind.empty() && !behind.starts_with('#') && !behind.starts_with(';'))
      return std::nullopt;
    value = value.substr(0, end);
  } else {
    value = value.substr(0, value.find_first_of(" \t;"));
  }
  const std::string_view special = quote == '\'' ? "" : "$`\\";
  if (value.find_first_of(special) != std::string_view::npos) return std::nullopt;
  return utf8_text(value);
}

}  // namespace

DkmsFramework parse_dkms_framework(std::string_view text) {
  DkmsFramework framework;
  const auto take = [&](std::string_view line, std::string_view name, std::string& field) {
    if (!line.starts_with(name)) return;
    auto value = plain_value(line.substr(name.size()));
    if (value)
      field = std::move(*value);
    else
      framework.is_computed = true;
  };
  for_each_line(text, [&](std::string_view line, std::size_t) {
    constexpr std::string_view exported = "export ";
    line = trim(line);
    if (line.starts_with(exported)) line = trim(line.substr(exported.size()));
    take(line, "mok_signing_key=", framework.signing_key);
    take(line, "mok_certificate=", framework.certificate);
  });
  return framework;
}

}  // namespace kmodsec
