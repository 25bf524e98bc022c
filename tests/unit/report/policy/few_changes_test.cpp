// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "report/policy/diff_line.hpp"
#include "report/policy/unified_diff.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A file that nobody compares with all of another: "line 0" and so on.
class Texts {
 public:
  explicit Texts(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) texts_.push_back("line " + std::to_string(i));
  }

  std::vector<std::string_view> lines() const { return {texts_.begin(), texts_.end()}; }

 private:
  std::deque<std::string> texts_;
};

std::size_t changed(const std::vector<DiffLine>& lines) {
  std::size_t count = 0;
  for (const DiffLine& line : lines) count += line.sign != ' ' ? 1 : 0;
  return count;
}

TEST(FewChanges, AreTheShortestWay) {
  EXPECT_THAT(
      *few_changes({"a", "b", "c"}, {"b", "c", "d"}),
      ElementsAre(DiffLine{'-', "a"}, DiffLine{' ', "b"}, DiffLine{' ', "c"}, DiffLine{'+', "d"}));
  EXPECT_THAT(*few_changes({}, {}), IsEmpty());
  EXPECT_THAT(*few_changes({}, {"a"}), ElementsAre(DiffLine{'+', "a"}));
  EXPECT_THAT(*few_changes({"a"}, {}), ElementsAre(DiffLine{'-', "a"}));
}

TEST(FewChanges, AreFoundInThousandsOfLines) {
  const Texts texts(8000);
  std::vector<std::string_view> after = texts.lines();
  after.erase(after.begin() + 100);
  after.insert(after.begin() + 7000, "new");
  EXPECT_EQ(changed(*few_changes(texts.lines(), after)), 2U);
}

TEST(FewChanges, AreNotLookedForWithoutEnd) {
  const Texts texts(2 * most_few_changes);
  EXPECT_FALSE(few_changes(texts.lines(), {}));
}

TEST(UnifiedDiff, ShowsTwoChangesFarApartAlone) {
  FileEdit edit{.path = "/etc/x"};
  for (int i = 0; i < 4000; ++i) {
    const std::string line = "install m" + std::to_string(i) + " /bin/false\n";
    if (i != 10) edit.before.content += line;
    if (i != 3990) edit.after.content += line;
  }
  edit.before.kind = edit.after.kind = FileKind::file;
  const std::string diff = unified_diff(edit);
  EXPECT_THAT(diff, ::testing::HasSubstr("\n+install m10 /bin/false\n"));
  EXPECT_THAT(diff, ::testing::HasSubstr("\n-install m3990 /bin/false\n"));
  EXPECT_LT(diff.size(), 1000U);
}

}  // namespace
}  // namespace kmodsec::test
