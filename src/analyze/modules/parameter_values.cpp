// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/parameter_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view array_prefix = "array of ";

/// A type of linux/moduleparam.h that takes a number.
struct NumberType {
  std::string_view name;
  std::uint64_t most;
  std::uint64_t most_below_zero = 0;
};

template <class Number>
constexpr NumberType number_type(std::string_view name) {
  const auto most = static_cast<std::uint64_t>(std::numeric_limits<Number>::max());
  return {name, most, std::numeric_limits<Number>::is_signed ? most + 1 : 0};
}

constexpr std::array number_types = {
    number_type<std::uint8_t>("byte"),    number_type<std::int16_t>("short"),
    number_type<std::uint16_t>("ushort"), number_type<std::int32_t>("int"),
    number_type<std::uint32_t>("uint"),   number_type<std::uint32_t>("hexint"),
    number_type<std::int64_t>("long"),    number_type<std::uint64_t>("ulong"),
    number_type<std::uint64_t>("ullong")};

constexpr std::array<std::string_view, 3> switches = {"bool", "invbool", "bint"};

/// Of one that may be named without a value, which means yes.
constexpr std::array<std::string_view, 2> switches_without_value = {"bool", "bint"};

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// Decimal, octal after 0, hexadecimal after 0x (linux: lib/kstrtox.c, base 0).
std::optional<std::uint64_t> magnitude_of(std::string_view digits) {
  int base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    digits.remove_prefix(2);
    base = 16;
  } else if (digits.size() > 1 && digits.starts_with('0')) {
    base = 8;
  }
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, value, base);
  if (problem != std::errc{} || stop != end) return std::nullopt;
  return value;
}

bool is_number_of(const NumberType& type, std::string_view text) {
  const bool is_below_zero = text.starts_with('-');
  if (is_below_zero || text.starts_with('+')) text.remove_prefix(1);
  const auto magnitude = magnitude_of(text);
  return magnitude && *magnitude <= (is_below_zero ? type.most_below_zero : type.most);
}

/// The first letters count: yes, no, on, off, true, false, enable, disable, 1, 0 (linux:
/// lib/kstrtox.c, kstrtobool; some of them in newer kernels alone).
bool is_switch(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == 'o' || text.front() == 'O')
    return text.size() > 1 && std::string_view("nNfF").contains(text[1]);
  return std::string_view("yYtT1nNfF0eEdD").contains(text.front());
}

std::string type_of(const std::vector<InfoField>& info, std::string_view parameter) {
  for (const std::string& field : info_values(info, "parmtype")) {
    const std::size_t colon = field.find(':');
    if (colon != std::string::npos && normalized_module_name(field.substr(0, colon)) == parameter)
      return field.substr(colon + 1);
  }
  return {};
}

bool is_value_of(std::string_view type, std::string_view value) {
  const auto number = std::ranges::find(number_types, type, &NumberType::name);
  if (number != number_types.end()) return is_number_of(*number, value);
  return !is_one_of(switches, type) || is_switch(value);
}

bool are_values_of(std::string_view type, std::string_view value) {
  if (!type.starts_with(array_prefix)) return is_value_of(type, value);
  const std::string_view of_each = type.substr(array_prefix.size());
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(',', begin), value.size());
    if (!is_value_of(of_each, value.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

std::string without_quotes(std::string_view text) {
  std::string bare;
  std::ranges::copy_if(text, std::back_inserter(bare), [](char c) { return c != '"'; });
  return bare;
}

bool is_known_type(std::string_view type) {
  if (type.starts_with(array_prefix)) type.remove_prefix(array_prefix.size());
  return is_one_of(switches, type) || type == "charp" || type == "string" ||
         std::ranges::find(number_types, type, &NumberType::name) != number_types.end();
}

/// Why the kernel would refuse the value of a parameter that the module has.
std::string value_fault(const std::vector<InfoField>& info, const ParameterWord& word,
                        std::size_t equals, const std::string& as_written) {
  const std::string type = type_of(info, word.name);
  if (!is_known_type(type)) return {};
  if (equals == std::string::npos)
    return is_one_of(switches_without_value, type)
               ? std::string{}
               : fmt::format("takes a value for {} ({})", as_written, type);
  const std::string value = without_quotes(std::string_view(word.text).substr(equals + 1));
  if (are_values_of(type, value)) return {};
  return fmt::format("takes no such value for {}, which is of type {}: '{}'", as_written, type,
                     value);
}

}  // namespace

ParameterVerdict judge_parameter(const std::vector<InfoField>& info, const ParameterWord& word) {
  if (is_parameter_of_all(word.name)) return {};
  const std::set<std::string> own = parameters_of(info);
  const std::size_t equals = word.text.find('=');
  const std::string as_written = without_quotes(word.text.substr(0, equals));
  if (own.contains(word.name)) return {.fault = value_fault(info, word, equals, as_written)};
  std::string hint = nearest(word.name, {own.begin(), own.end()}).value_or("");
  std::string fault = fmt::format("has no parameter {}{}", as_written,
                                  hint.empty() ? "" : "; did you mean " + hint + "?");
  return {.known = false, .nearest = std::move(hint), .fault = std::move(fault)};
}

std::string parameter_fault(const std::vector<InfoField>& info, const ParameterWord& word) {
  return judge_parameter(info, word).fault;
}

}  // namespace kmodsec
