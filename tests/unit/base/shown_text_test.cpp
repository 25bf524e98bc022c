// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/shown_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace kmodsec {
namespace {

TEST(EscapedJson, MeansTheSame) {
  const std::string text = "a\x7f\u0085\u009b\u00ad\u202e\u200b\ufeff\U000e0041 ä → 漢";
  const std::string escaped = escaped_json(nlohmann::json(text).dump());
  EXPECT_EQ(escaped, "\"a\\u007f\\u0085\\u009b\\u00ad\\u202e\\u200b\\ufeff\\udb40\\udc41 ä → 漢\"");
  EXPECT_EQ(nlohmann::json::parse(escaped).get<std::string>(), text);
}

TEST(EscapedJson, KeepsTheLayout) {
  const std::string document = nlohmann::json({{"a", {1, 2}}}).dump(2);
  EXPECT_EQ(escaped_json(document), document);
}

TEST(Shortened, KeepsWhatIsShort) { EXPECT_EQ(shortened("a line"), "a line"); }

TEST(Shortened, CutsBetweenCharacters) {
  const std::string text = shortened("a" + std::string(10'000, '\xc3') + "\xa4");
  EXPECT_LT(text.size(), 2100U);
  std::string letters;
  for (int i = 0; i < 5'000; ++i) letters += "ä";
  EXPECT_EQ(nlohmann::json(shortened("a" + letters)).dump().find("\\ufffd"), std::string::npos);
}

}  // namespace
}  // namespace kmodsec
