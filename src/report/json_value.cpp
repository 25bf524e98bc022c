// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/json_value.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

std::string quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char one : utf8_text(text)) {
    switch (one) {
      case '"': quoted += "\\\""; break;
      case '\\': quoted += "\\\\"; break;
      case '\b': quoted += "\\b"; break;
      case '\f': quoted += "\\f"; break;
      case '\n': quoted += "\\n"; break;
      case '\r': quoted += "\\r"; break;
      case '\t': quoted += "\\t"; break;
      default:
        if (static_cast<unsigned char>(one) < 0x20)
          quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(one));
        else
          quoted += one;
    }
  }
  return quoted + '"';
}

}  // namespace

class Json::Printer {
 public:
  explicit Printer(std::size_t indent) : indent_(indent) {}

  void add(const Json& json) {
    std::visit([this](const auto& value) { add_value(value); }, json.value_);
  }

  std::string text() && { return std::move(text_); }

 private:
  void add_value(std::nullptr_t) { text_ += "null"; }
  void add_value(bool value) { text_ += value ? "true" : "false"; }
  void add_value(std::int64_t value) { text_ += std::to_string(value); }
  void add_value(std::uint64_t value) { text_ += std::to_string(value); }
  void add_value(const std::string& value) { text_ += quoted(value); }
  void add_value(const Written& value) { text_ += value.text; }

  void add_value(const List& list) {
    add_each(list, '[', ']', [this](const Json& item) { add(item); });
  }

  void add_value(const Object& members) {
    add_each(members, '{', '}', [this](const Member& member) {
      text_ += quoted(member.name);
      text_ += indent_ == 0 ? ":" : ": ";
      add(member.value);
    });
  }

  template <class Items, class Add>
  void add_each(const Items& items, char open, char close, const Add& add_item) {
    text_ += open;
    depth_ += indent_;
    bool first = true;
    for (const auto& item : items) {
      if (!std::exchange(first, false)) text_ += ',';
      break_line();
      add_item(item);
    }
    depth_ -= indent_;
    if (!first) break_line();
    text_ += close;
  }

  void break_line() {
    if (indent_ > 0) text_.append(1, '\n').append(depth_, ' ');
  }

  std::size_t indent_;
  std::size_t depth_ = 0;
  std::string text_;
};

Json::Json(std::nullptr_t) : value_(nullptr) {}
Json::Json(std::string text) : value_(std::move(text)) {}
Json::Json(std::string_view text) : value_(std::string(text)) {}
Json::Json(const char* text) : value_(std::string(text)) {}

Json::Json(std::initializer_list<Json> items) {
  if (!std::ranges::all_of(items, &Json::is_pair)) {
    value_ = List(items);
    return;
  }
  Object& members = value_.emplace<Object>();
  for (const Json& item : items) {
    const List& pair = std::get<List>(item.value_);
    members.push_back({std::get<std::string>(pair[0].value_), pair[1]});
  }
}

Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

Json Json::array() {
  Json list;
  list.value_.emplace<List>();
  return list;
}

Json Json::object() {
  Json object;
  object.value_.emplace<Object>();
  return object;
}

Json Json::written(std::string text) {
  Json json;
  json.value_.emplace<Written>(std::move(text));
  return json;
}

bool Json::is_pair() const {
  const List* list = std::get_if<List>(&value_);
  return list != nullptr && list->size() == 2 &&
         std::holds_alternative<std::string>(list->front().value_);
}

Json& Json::operator[](std::string_view name) {
  if (std::holds_alternative<std::nullptr_t>(value_)) value_.emplace<Object>();
  Object& members = std::get<Object>(value_);
  const auto found = std::ranges::find(members, name, &Member::name);
  if (found != members.end()) return found->value;
  return members.emplace_back(Member{std::string(name), {}}).value;
}

void Json::push_back(Json item) {
  if (std::holds_alternative<std::nullptr_t>(value_)) value_.emplace<List>();
  std::get<List>(value_).push_back(std::move(item));
}

void Json::update(const Json& other) {
  for (const Member& member : std::get<Object>(other.value_)) (*this)[member.name] = member.value;
}

std::string Json::print(std::size_t indent) const {
  Printer printer(indent);
  printer.add(*this);
  return std::move(printer).text();
}

}  // namespace kmodsec
