// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/json_value.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace kmodsec::test {
namespace {

using Expected = nlohmann::ordered_json;
using Both = std::pair<Json, Expected>;

/// The same value in our form and in the library's.
class RandomValues {
 public:
  explicit RandomValues(unsigned seed) : random_(seed) {}

  Both value(int depth) {
    switch (below(depth > 0 ? 7 : 5)) {
      case 0: return {nullptr, nullptr};
      case 1: return same(below(2) == 0);
      case 2: return same(std::numeric_limits<std::int64_t>::min() + below(9));
      case 3: return same(std::numeric_limits<std::uint64_t>::max() - below(9));
      case 4: return same(text());
      case 5: return list(depth);
      default: return object(depth);
    }
  }

 private:
  unsigned below(unsigned end) {
    return std::uniform_int_distribution<unsigned>(0, end - 1)(random_);
  }

  template <class T>
  static Both same(T value) {
    return {value, value};
  }

  std::string text() {
    std::string text;
    for (unsigned left = below(9); left > 0; --left) text += static_cast<char>(below(0x80));
    return below(3) == 0 ? text + "\u00fc\u202e" : text;
  }

  Both list(int depth) {
    Both list = {Json::array(), Expected::array()};
    for (unsigned left = below(4); left > 0; --left) {
      Both item = value(depth - 1);
      list.first.push_back(std::move(item.first));
      list.second.push_back(std::move(item.second));
    }
    return list;
  }

  Both object(int depth) {
    Both object = {Json::object(), Expected::object()};
    for (unsigned left = below(4); left > 0; --left) {
      const std::string name = text();
      Both member = value(depth - 1);
      object.first[name] = std::move(member.first);
      object.second[name] = std::move(member.second);
    }
    return object;
  }

  std::mt19937 random_;
};

TEST(JsonValue, IsPrintedAsTheLibraryPrintsIt) {
  RandomValues random(1);
  for (int round = 0; round < 2000; ++round) {
    const auto [ours, theirs] = random.value(4);
    ASSERT_EQ(ours.print(2), theirs.dump(2)) << "round " << round;
    ASSERT_EQ(ours.print(0), theirs.dump()) << "round " << round;
  }
}

TEST(JsonValue, PairsThatBeginWithATextAreAnObject) {
  const Json object = {{"name", "dummy"}, {"size", 4096U}, {"live", true}};
  EXPECT_EQ(object.print(0), R"({"name":"dummy","size":4096,"live":true})");
  const Json list = {{"a", 1}, {2, 3}};
  EXPECT_EQ(list.print(0), R"([["a",1],[2,3]])");
  EXPECT_EQ(Json({{"one", "pair"}}).print(0), R"({"one":"pair"})");
}

TEST(JsonValue, AListOfTextsIsAList) {
  const std::vector<std::string> two = {"a", "b"};
  EXPECT_EQ(Json(two).print(0), R"(["a","b"])");
  EXPECT_EQ(Json({{"names", two}}).print(0), R"({"names":["a","b"]})");
}

TEST(JsonValue, AMemberKeepsItsPlace) {
  Json object = {{"first", 1}, {"second", 2}};
  object["first"] = nullptr;
  object.update({{"second", "new"}, {"third", Json::array()}});
  EXPECT_EQ(object.print(0), R"({"first":null,"second":"new","third":[]})");
}

TEST(JsonValue, BytesThatAreNotUtf8AreWrittenAsEscapes) {
  EXPECT_EQ(Json(std::string("\xff\"")).print(0), R"("\\xff\"")");
}

TEST(JsonValue, WhatIsWrittenAlreadyIsNotWrittenAnew) {
  Json object;
  object["facts"] = Json::written(R"({"a":[1]})");
  EXPECT_EQ(object.print(0), R"({"facts":{"a":[1]}})");
}

}  // namespace
}  // namespace kmodsec::test
