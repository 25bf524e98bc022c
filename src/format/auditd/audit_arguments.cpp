// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_arguments.hpp"

#include <array>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/auditd/audit_record.hpp"

namespace kmodsec {
namespace {

struct Flag {
  std::uint64_t bit;
  std::string_view name;
};
/// linux: include/uapi/linux/module.h
constexpr std::array<Flag, 3> load_flags = {Flag{1, "MODULE_INIT_IGNORE_MODVERSIONS"},
                                            Flag{2, "MODULE_INIT_IGNORE_VERMAGIC"},
                                            Flag{4, "MODULE_INIT_COMPRESSED_FILE"}};
/// linux: include/uapi/asm-generic/fcntl.h
constexpr std::array<Flag, 2> unload_flags = {Flag{0x200, "O_TRUNC"}, Flag{0x800, "O_NONBLOCK"}};

template <std::size_t count>
std::string describe_flags(std::uint64_t value, const std::array<Flag, count>& flags) {
  std::vector<std::string> names;
  for (const Flag& flag : flags) {
    if ((value & flag.bit) == 0) continue;
    names.emplace_back(flag.name);
    value &= ~flag.bit;
  }
  if (value != 0 || names.empty()) names.push_back(fmt::format("{:#x}", value));
  return join(names, "|");
}

std::string describe_argument(std::string_view name, std::uint64_t value) {
  if (name == "fd" || name == "len") return fmt::format("{}={}", name, value);
  return fmt::format("{}={:#x}", name, value);
}

}  // namespace

std::vector<std::string> describe_audit_arguments(std::string_view call, std::string_view fields) {
  constexpr std::array<std::string_view, 3> places = {"a0", "a1", "a2"};
  const bool is_finit = call == "finit_module";
  const bool is_load = is_finit || call == "init_module";
  const std::array<std::string_view, 3> names = {
      is_finit ? "fd" : (is_load ? "module_image" : "name"),
      is_finit ? "param_values" : (is_load ? "len" : "flags"),
      is_finit ? "flags" : (is_load ? "param_values" : "")};
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto text = find_audit_field(fields, places.at(i));
    const auto value = text ? parse_number<std::uint64_t>(*text, 16) : std::nullopt;
    if (!value || names.at(i).empty()) continue;
    if (names.at(i) == "flags")
      texts.push_back("flags=" + (is_load ? describe_flags(*value, load_flags)
                                          : describe_flags(*value, unload_flags)));
    else
      texts.push_back(describe_argument(names.at(i), *value));
  }
  return texts;
}

}  // namespace kmodsec
