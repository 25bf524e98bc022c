// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "model/seen.hpp"

/// How the facts become JSON and facts again. nlohmann's own conversions decide anew for each field
/// and its type which of twenty overloads fits, which made one file compile for half a minute: here
/// each kind of value has one function, and a struct is the list of its fields
/// (`KMODSEC_SNAPSHOT_FIELDS`).
namespace kmodsec {

void write_json(nlohmann::json& json, bool value);
void write_json(nlohmann::json& json, int value);
void write_json(nlohmann::json& json, std::int64_t value);
void write_json(nlohmann::json& json, std::uint32_t value);
void write_json(nlohmann::json& json, std::uint64_t value);
void write_json(nlohmann::json& json, std::string_view value);
void write_json(nlohmann::json& json, const std::string& value);
void write_json(nlohmann::json& json, const std::vector<std::string>& values);
void write_json(nlohmann::json& json, const std::map<std::string, std::string>& values);
void write_json(nlohmann::json& json, const Error& error);

/// These throw a `nlohmann::json::exception` for a value of another type.
void read_json(const nlohmann::json& json, bool& value);
void read_json(const nlohmann::json& json, int& value);
void read_json(const nlohmann::json& json, std::int64_t& value);
void read_json(const nlohmann::json& json, std::uint32_t& value);
void read_json(const nlohmann::json& json, std::uint64_t& value);
void read_json(const nlohmann::json& json, std::string& value);
void read_json(const nlohmann::json& json, std::vector<std::string>& values);
void read_json(const nlohmann::json& json, std::map<std::string, std::string>& values);
void read_json(const nlohmann::json& json, Error& error);

/// The field of an object that is being written.
nlohmann::json& new_field(nlohmann::json& object, const char* name);

/// Nothing for a field that an older release did not write. Throws where no object is.
const nlohmann::json* find_field(const nlohmann::json& object, const char* name);

/// The elements of an array; throws for anything else.
const nlohmann::json::array_t& elements_of(const nlohmann::json& json);

[[noreturn]] void refuse_word(const nlohmann::json& json, const std::string& word);

/// All values of an enumeration that a snapshot knows, each with its word in `to_string`.
template <class Enum>
constexpr std::array<Enum, 0> snapshot_words{};

template <class Enum>
  requires std::is_enum_v<Enum>
void write_json(nlohmann::json& json, Enum value) {
  write_json(json, to_string(value));
}

template <class Enum>
  requires std::is_enum_v<Enum>
void read_json(const nlohmann::json& json, Enum& value) {
  std::string word;
  read_json(json, word);
  for (const Enum known : snapshot_words<Enum>) {
    if (to_string(known) != word) continue;
    value = known;
    return;
  }
  refuse_word(json, word);
}

template <class T>
void write_json(nlohmann::json& json, const std::optional<T>& value);
template <class T>
void write_json(nlohmann::json& json, const Seen<T>& fact);

template <class T>
void write_json(nlohmann::json& json, const std::vector<T>& values) {
  json = nlohmann::json::array();
  for (const T& value : values) write_json(json.emplace_back(), value);
}

template <class T>
void write_json(nlohmann::json& json, const std::optional<T>& value) {
  if (value) write_json(json, *value);
}

template <class T>
void write_json(nlohmann::json& json, const Seen<T>& fact) {
  if (fact) {
    write_json(new_field(json, "value"), *fact);
  } else {
    write_json(new_field(json, "unseen"), fact.error());
  }
}

template <class T>
void read_json(const nlohmann::json& json, std::optional<T>& value);
template <class T>
void read_json(const nlohmann::json& json, Seen<T>& fact);

template <class T>
void read_json(const nlohmann::json& json, std::vector<T>& values) {
  const nlohmann::json::array_t& elements = elements_of(json);
  values = std::vector<T>(elements.size());
  auto element = elements.begin();
  for (T& value : values) read_json(*element++, value);
}

template <class T>
void read_json(const nlohmann::json& json, std::optional<T>& value) {
  if (!json.is_null()) read_json(json, value.emplace());
}

/// Reads what stands in the place of a value that was not seen.
Error read_unseen(const nlohmann::json& json);

template <class T>
void read_json(const nlohmann::json& json, Seen<T>& fact) {
  if (json.contains("value")) {
    T value{};
    read_json(json["value"], value);
    fact = std::move(value);
  } else {
    fact = std::unexpected(read_unseen(json));
  }
}

}  // namespace kmodsec

#define KMODSEC_WRITE_FIELD(field) write_json(new_field(json, #field), value.field);
#define KMODSEC_READ_FIELD(field) \
  if (const nlohmann::json* found = find_field(json, #field)) read_json(*found, value.field);

/// Defines how a struct is written and read: an object with a member for each of the fields that
/// are named. Reading leaves those as they are that the object has not.
#define KMODSEC_SNAPSHOT_FIELDS(Type, ...)                                      \
  void write_json(nlohmann::json& json, const Type& value) {                    \
    NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(KMODSEC_WRITE_FIELD, __VA_ARGS__)) \
  }                                                                             \
  void read_json(const nlohmann::json& json, Type& value) {                     \
    NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(KMODSEC_READ_FIELD, __VA_ARGS__))  \
  }
