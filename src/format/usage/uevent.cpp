// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/uevent.hpp"

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view alias_key = "MODALIAS=";
constexpr std::string_view driver_key = "DRIVER=";

}  // namespace

Uevent parse_uevent(std::string_view text) {
  Uevent uevent;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    if (line.starts_with(alias_key)) uevent.alias = utf8_text(line.substr(alias_key.size()));
    if (line.starts_with(driver_key)) uevent.driver = utf8_text(line.substr(driver_key.size()));
  });
  return uevent;
}

}  // namespace kmodsec
