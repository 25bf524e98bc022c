// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_fields.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 7> error_kinds = {
    "not_found", "denied", "malformed", "too_large", "unsupported", "io", "usage"};

}  // namespace

static void write_json(nlohmann::json& json, ErrorKind kind) {
  json = error_kinds.at(static_cast<std::size_t>(kind));
}

/// A kind that a newer release knows is one of input and output.
static void read_json(const nlohmann::json& json, ErrorKind& kind) {
  const auto word = json.get<std::string>();
  kind = ErrorKind::io;
  for (std::size_t i = 0; i < error_kinds.size(); ++i) {
    if (error_kinds.at(i) == word) kind = static_cast<ErrorKind>(i);
  }
}

void write_json(nlohmann::json& json, bool value) { json = value; }
void write_json(nlohmann::json& json, int value) { json = value; }
void write_json(nlohmann::json& json, std::int64_t value) { json = value; }
void write_json(nlohmann::json& json, std::uint32_t value) { json = value; }
void write_json(nlohmann::json& json, std::uint64_t value) { json = value; }
void write_json(nlohmann::json& json, std::string_view value) { json = value; }
void write_json(nlohmann::json& json, const std::string& value) { json = value; }

void write_json(nlohmann::json& json, const std::vector<std::string>& values) { json = values; }

void write_json(nlohmann::json& json, const std::map<std::string, std::string>& values) {
  json = values;
}

void read_json(const nlohmann::json& json, bool& value) { json.get_to(value); }
void read_json(const nlohmann::json& json, int& value) { json.get_to(value); }
void read_json(const nlohmann::json& json, std::int64_t& value) { json.get_to(value); }
void read_json(const nlohmann::json& json, std::uint32_t& value) { json.get_to(value); }
void read_json(const nlohmann::json& json, std::uint64_t& value) { json.get_to(value); }
void read_json(const nlohmann::json& json, std::string& value) { json.get_to(value); }

void read_json(const nlohmann::json& json, std::vector<std::string>& values) {
  json.get_to(values);
}

void read_json(const nlohmann::json& json, std::map<std::string, std::string>& values) {
  json.get_to(values);
}

KMODSEC_SNAPSHOT_FIELDS(Error, kind, subject, reason)

nlohmann::json& new_field(nlohmann::json& object, const char* name) { return object[name]; }

const nlohmann::json* find_field(const nlohmann::json& object, const char* name) {
  if (!object.is_object())
    throw nlohmann::json::type_error::create(
        306, std::string("cannot use value() with ") + object.type_name(), &object);
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

const nlohmann::json::array_t& elements_of(const nlohmann::json& json) {
  if (!json.is_array())
    throw nlohmann::json::type_error::create(
        302, std::string("type must be array, but is ") + json.type_name(), &json);
  return json.get_ref<const nlohmann::json::array_t&>();
}

void refuse_word(const nlohmann::json& json, const std::string& word) {
  throw nlohmann::json::other_error::create(501, "unknown word '" + word + "'", &json);
}

Error read_unseen(const nlohmann::json& json) {
  Error error;
  read_json(json.at("unseen"), error);
  return error;
}

}  // namespace kmodsec
