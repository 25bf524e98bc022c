// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/change_summary.hpp"

#include <gtest/gtest.h>

#include "analyze/host/owned_paths.hpp"

namespace kmodsec::test {
namespace {

FileEdit edit(std::string_view path, const std::string& before, const std::string& after) {
  const auto state = [](const std::string& text) {
    return text.empty() ? FileState{} : text_file(text);
  };
  return {std::string(path), state(before), state(after)};
}

using Names = std::vector<std::string>;

TEST(ChangeSummary, NamesModulesAndParameters) {
  const ChangeSummary summary =
      summary_of({edit(deny_file_path, "install a /bin/false\n", "install b /bin/false\n"),
                  edit(load_file_path, "", "# a header\nc\n"),
                  edit(options_file_path, "options d x=1\noptions e y=1\n",
                       "options d x=2\noptions e y=1\n")});
  EXPECT_EQ(summary.denies.denied, Names{"b"});
  EXPECT_EQ(summary.denies.not_denied, Names{"a"});
  EXPECT_EQ(summary.loaded_at_boot, Names{"c"});
  EXPECT_EQ(summary.parameters, Names{"d x=2"});
  EXPECT_EQ(summary.no_parameters, Names{"d x=1"});
  EXPECT_TRUE(summary.made.empty());
}

TEST(ChangeSummary, NamesOtherFilesByWhatBecameOfThem) {
  const ChangeSummary summary = summary_of({edit("/etc/a", "", "x"),
                                            edit("/etc/b", "x", "y"),
                                            edit("/etc/c", "x", ""),
                                            edit("/etc/d", "x", "x"),
                                            {"/etc/folder", {}, empty_folder(0755)}});
  EXPECT_EQ(summary.made, Names{"/etc/a"});
  EXPECT_EQ(summary.rewritten, Names{"/etc/b"});
  EXPECT_EQ(summary.removed, Names{"/etc/c"});
}

TEST(EditsToRevert, GoFromNowToBeforeTheOldest) {
  TransactionChange newest;
  newest.edits = {edit("/etc/a", "two", "three"), edit("/etc/b", "", "x")};
  TransactionChange oldest;
  oldest.edits = {edit("/etc/a", "one", "two"), edit("/etc/c", "same", "same")};
  const auto edits = edits_to_revert({newest, oldest});
  ASSERT_EQ(edits.size(), 2U);
  EXPECT_EQ(edits[0].path, "/etc/b");
  EXPECT_EQ(edits[0].after.kind, FileKind::absent);
  EXPECT_EQ(edits[1].path, "/etc/a");
  EXPECT_EQ(edits[1].before.content, "three");
  EXPECT_EQ(edits[1].after.content, "one");
}

}  // namespace
}  // namespace kmodsec::test
