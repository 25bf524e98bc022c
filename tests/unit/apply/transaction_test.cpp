// SPDX-License-Identifier: GPL-2.0-or-later
#include "apply/transaction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_tree.hpp"
#include "system/dir_root.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* image = "/boot/initrd.img";

/// A host with one file to rewrite, one to create in a new folder, and an image to make anew.
class HostTest : public ::testing::Test {
 protected:
  HostTest() {
    tree.write("/etc/a.conf", "old\n");
    tree.write(image, "old image");
    plan.edits = {{"/etc/a.conf", {}, text_file("new\n")},
                  {"/etc/d", {}, empty_folder(0755)},
                  {"/etc/d/b.conf", {}, text_file("b\n", 0600)},
                  {"/etc/d/link", {}, link_to("b.conf")}};
    plan.actions = {{{"make-image"}, "", {image, std::string(image) + ".new"}, {}},
                    {{"reload"}, "", {}, {"reload"}}};
  }

  /// What a run of kmodsec does with the host.
  template <class Deed>
  auto run(Deed deed) {
    const auto root = open_tree(tree.folder());
    const auto editor = Editor::open_tree(tree.folder());
    Journal journal(**root, *editor);
    EXPECT_TRUE(journal.open());
    Transactions transactions(
        *editor, journal,
        [this](const std::vector<std::string>& command) -> Result<ProgramEnd> {
          ran.push_back(command.at(0));
          if (command.at(0) == failing) return ProgramEnd{3, "first\nno space left\n"};
          if (command.at(0) == "make-image") tree.write(image, "new image");
          return ProgramEnd{};
        },
        [](const std::string&) {});
    EXPECT_TRUE(transactions.recover());
    return deed(transactions);
  }

  Result<void> perform() {
    return run([&](Transactions& transactions) { return transactions.perform(plan, 1000); });
  }

  Result<std::vector<std::string>> revert() {
    return run([](Transactions& transactions) { return transactions.revert(); });
  }

  void expect_old() const {
    EXPECT_EQ(tree.read("/etc/a.conf"), "old\n");
    EXPECT_EQ(tree.read(image), "old image");
    EXPECT_FALSE(tree.has("/etc/d"));
    EXPECT_FALSE(tree.has(std::string(image) + ".new"));
  }

  void expect_new() const {
    EXPECT_EQ(tree.read("/etc/a.conf"), "new\n");
    EXPECT_EQ(tree.read("/etc/d/b.conf"), "b\n");
    EXPECT_EQ(tree.read("/etc/d/link"), "b\n");
    EXPECT_EQ(tree.read(image), "new image");
  }

  TemporaryTree tree;
  Plan plan;
  std::vector<std::string> ran;
  std::string failing;
};

TEST_F(HostTest, DoesAllOfAPlan) {
  const auto done = perform();
  ASSERT_TRUE(done) << to_string(done.error());
  expect_new();
  EXPECT_THAT(ran, ElementsAre("make-image", "reload"));
}

TEST_F(HostTest, PutsEverythingBack) {
  ASSERT_TRUE(perform());
  ran.clear();
  const auto paths = revert();
  ASSERT_TRUE(paths) << to_string(paths.error());
  EXPECT_EQ(paths->size(), 5U);
  expect_old();
  EXPECT_THAT(ran, ElementsAre("reload"));
  EXPECT_THAT(*revert(), IsEmpty());
}

TEST_F(HostTest, UndoesWhatWasDoneBeforeAProgramFailed) {
  for (const char* program : {"make-image", "reload"}) {
    failing = program;
    const auto done = perform();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().subject, program);
    EXPECT_EQ(done.error().reason, "it ended with 3: no space left; nothing was changed");
    expect_old();
  }
  failing.clear();
  EXPECT_THAT(*revert(), IsEmpty());
}

TEST_F(HostTest, UndoesOneChangeAfterTheOther) {
  ASSERT_TRUE(perform());
  plan.edits = {{"/etc/a.conf", {}, {}}};
  plan.actions.clear();
  ASSERT_TRUE(perform());
  EXPECT_FALSE(tree.has("/etc/a.conf"));
  ASSERT_TRUE(revert());
  expect_new();
  ASSERT_TRUE(revert());
  expect_old();
}

TEST_F(HostTest, DoesNotUndoOverSomebodyElsesChange) {
  ASSERT_TRUE(perform());
  tree.write("/etc/a.conf", "by hand\n");
  const auto undone = revert();
  ASSERT_FALSE(undone);
  EXPECT_EQ(undone.error().subject, "/etc/a.conf");
  EXPECT_EQ(tree.read("/etc/a.conf"), "by hand\n");
  EXPECT_EQ(tree.read("/etc/d/b.conf"), "b\n");
}

TEST_F(HostTest, MakesAnImageAnewThatWasMadeAnewSince) {
  ASSERT_TRUE(perform());
  tree.write(image, "image of an upgrade");
  ran.clear();
  ASSERT_TRUE(revert());
  EXPECT_EQ(tree.read("/etc/a.conf"), "old\n");
  EXPECT_EQ(tree.read(image), "new image");
  EXPECT_THAT(ran, ElementsAre("make-image", "reload"));
}

TEST_F(HostTest, LeavesWhatOthersPutIntoAFolderOfOurs) {
  ASSERT_TRUE(perform());
  tree.write("/etc/d/theirs", "x");
  ASSERT_TRUE(revert());
  EXPECT_EQ(tree.read("/etc/d/theirs"), "x");
  EXPECT_FALSE(tree.has("/etc/d/b.conf"));
}

TEST_F(HostTest, OneRunAtATime) {
  const auto root = open_tree(tree.folder());
  const auto editor = Editor::open_tree(tree.folder());
  Journal first(**root, *editor);
  Journal second(**root, *editor);
  ASSERT_TRUE(first.open());
  const auto refused = second.open();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().reason, HasSubstr("is changing this host"));
}

TEST_F(HostTest, ADamagedJournalStopsEverything) {
  ASSERT_TRUE(perform());
  tree.write("/var/lib/kmodsec/transactions/000001/journal.json", "{}");
  const auto root = open_tree(tree.folder());
  const auto editor = Editor::open_tree(tree.folder());
  Journal journal(**root, *editor);
  ASSERT_TRUE(journal.open());
  const auto all = journal.all();
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().kind, ErrorKind::malformed);
}

}  // namespace
}  // namespace kmodsec::test
