// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kmodsec {

/// A value of JSON (RFC 8259) that is only written. It takes less than a tenth of the time to
/// compile that a library takes which reads as well, and half of all reports would pay that.
class Json {
 public:
  struct Member;

  // NOLINTBEGIN(google-explicit-constructor): a value is written where a document wants one.
  Json(std::nullptr_t = nullptr);
  Json(std::same_as<bool> auto value) : value_(value) {}
  Json(std::signed_integral auto value) : value_(static_cast<std::int64_t>(value)) {}
  Json(std::unsigned_integral auto value)
    requires(!std::same_as<decltype(value), bool>)
      : value_(static_cast<std::uint64_t>(value)) {}
  Json(std::string text);
  Json(std::string_view text);
  Json(const char* text);

  /// A list of each.
  template <class T>
  Json(const std::vector<T>& list) : Json(array()) {
    for (const T& item : list) push_back(item);
  }

  /// An object where each item is a pair that begins with a text, as {{"name", value}}; else a
  /// list.
  Json(std::initializer_list<Json> items);
  // NOLINTEND(google-explicit-constructor)

  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();

  static Json array();
  static Json object();

  /// What is JSON already: it is written as it is.
  static Json written(std::string text);

  /// The member of that name, which is added behind the others where it is missing. A null becomes
  /// an object.
  Json& operator[](std::string_view name);

  /// A null becomes a list.
  void push_back(Json item);

  /// Takes over each member of `other`, an object.
  void update(const Json& other);

  /// The text; `indent` blanks for each level, or all on one line where it is 0. Bytes that are not
  /// UTF-8 are written as `utf8_text` does.
  std::string print(std::size_t indent) const;

 private:
  using List = std::vector<Json>;
  using Object = std::vector<Member>;
  struct Written {
    std::string text;
  };
  class Printer;

  bool is_pair() const;

  std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, std::string, Written, List,
               Object>
      value_;
};

struct Json::Member {
  std::string name;
  Json value;
};

}  // namespace kmodsec
