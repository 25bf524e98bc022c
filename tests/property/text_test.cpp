// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.hpp"

#include <gtest/gtest.h>

#include <string>

#include <nlohmann/json.hpp>

#include "support/random_facts.hpp"

namespace kmodsec::test {
namespace {

TEST(TextProperty, Utf8TextIsValidAndLeavesValidTextAlone) {
  RandomFacts random(8);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = utf8_text(random.chance(2) ? random.bytes() : random.text());
    ASSERT_NO_THROW(nlohmann::json(text).dump());
    ASSERT_EQ(utf8_text(text), text);
  }
}

TEST(TextProperty, PrintableTextIsPrintedAsItIs) {
  RandomFacts random(9);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = printable(random.chance(2) ? random.bytes() : random.text());
    ASSERT_EQ(printable(text), text);
  }
}

/// Few characters, so that many pairs are equal, or equal but for leading zeros.
std::string version(RandomFacts& random) {
  std::string text;
  for (std::uint64_t length = random.below(6); length > 0; --length)
    text += random.one_of({'0', '0', '1', '9', '.', '-', 'a'});
  return text;
}

TEST(TextProperty, VersionsAreInAStrictWeakOrder) {
  RandomFacts random(10);
  const auto equivalent = [](const std::string& x, const std::string& y) {
    return !version_less(x, y) && !version_less(y, x);
  };
  for (int round = 0; round < 5000; ++round) {
    const std::string a = version(random);
    const std::string b = version(random);
    const std::string c = version(random);
    ASSERT_FALSE(version_less(a, a)) << a;
    ASSERT_FALSE(version_less(a, b) && version_less(b, a)) << a << " " << b;
    if (version_less(a, b) && version_less(b, c)) {
      ASSERT_TRUE(version_less(a, c)) << a << " " << b << " " << c;
    }
    if (equivalent(a, b) && equivalent(b, c)) {
      ASSERT_TRUE(equivalent(a, c)) << a << " " << b << " " << c;
    }
  }
}

}  // namespace
}  // namespace kmodsec::test
