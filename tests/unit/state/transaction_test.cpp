// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/transaction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>
#include <functional>
#include <type_traits>

#include "format/policy/undo_log.hpp"
#include "support/temporary_tree.hpp"
#include "system/files/dir_root.hpp"

namespace kmodsec::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* image = "/boot/initrd.img";
constexpr const char* journal_path = "/var/lib/kmodsec/transactions/000001/journal.json";

class FakeDeeds : public HostDeeds {
 public:
  explicit FakeDeeds(std::function<Result<void>(HostActionKind)> perform)
      : perform_(std::move(perform)) {}
  Result<void> perform(const HostAction& action) const override { return perform_(action.kind()); }

 private:
  std::function<Result<void>(HostActionKind)> perform_;
};

/// What may run programs takes a running system, and what is done is of a closed list.
static_assert(!std::is_default_constructible_v<RunningSystem>);
static_assert(!std::is_constructible_v<HostPrograms, const Root&, TellStep>);
static_assert(!std::is_constructible_v<HostPrograms, const Editor&, const Root&, TellStep>);
static_assert(!std::is_constructible_v<HostAction, std::vector<std::string>>);

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
    const HostAction make_image = *HostAction::make(HostActionKind::rebuild_by_mkinitcpio);
    const HostAction reload = *HostAction::make(HostActionKind::reload_units);
    plan.actions = {{make_image, "", {image, std::string(image) + ".new"}, {}},
                    {reload, "", {}, reload}};
    own.add("/etc/a.conf");
    own.add("/etc/d/b.conf");
    own.add("/etc/d/link");
  }

  /// What a run of kmodsec does with the host.
  template <class Deed>
  auto run(Deed deed) {
    const auto root = open_tree(tree.folder());
    const auto editor = Editor::open_tree(tree.folder());
    UndoLog undo_log = undo_log_of(**root, *editor);
    EXPECT_TRUE(undo_log.open());
    const FakeDeeds deeds([this](HostActionKind kind) -> Result<void> {
      ran.emplace_back(to_string(kind));
      if (ran.back() == failing) return failure(ErrorKind::io, failing, "no space left");
      if (kind == HostActionKind::rebuild_by_mkinitcpio) tree.write(image, "new image");
      if (is_image_lost) put_pipe_at_image();
      return {};
    });
    Transactions transactions(*editor, undo_log, deeds, [](const std::string&) {});
    using Done = decltype(deed(transactions, std::vector<Transaction>{}));
    auto all = undo_log.all();
    if (!all) return Done{std::unexpected(all.error())};
    const std::vector<Transaction> interrupted = take_interrupted(*all);
    if (auto ready = transactions.recover(interrupted); !ready)
      return Done{std::unexpected(ready.error())};
    return deed(transactions, *all);
  }

  UndoLog undo_log_of(const Root& root, const Editor& editor) const {
    return {root, editor, [this](const std::string&) { return trust; }, own};
  }

  Result<std::uint32_t> perform() {
    return run([&](Transactions& transactions, const std::vector<Transaction>&) {
      return transactions.perform(plan, 1000);
    });
  }

  /// The newest.
  Result<std::vector<std::string>> revert() {
    using Paths = std::vector<std::string>;
    return run([](Transactions& transactions, const std::vector<Transaction>& all) {
      return all.empty() ? Result<Paths>(Paths{}) : transactions.revert(all.back());
    });
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

  /// What no digest can be made of.
  void put_pipe_at_image() const {
    std::filesystem::remove(tree.on_disk(image));
    ASSERT_EQ(::mkfifo(tree.on_disk(image).c_str(), 0600), 0);
  }

  TemporaryTree tree;
  bool is_image_lost = false;
  Plan plan;
  std::vector<std::string> ran;
  std::string failing;
  OwnPaths own;
  Result<void> trust;
};

TEST_F(HostTest, DoesAllOfAPlan) {
  const auto done = perform();
  ASSERT_TRUE(done) << to_string(done.error());
  expect_new();
  EXPECT_THAT(ran, ElementsAre("rebuild-by-mkinitcpio", "reload-units"));
}

TEST_F(HostTest, PutsEverythingBack) {
  ASSERT_TRUE(perform());
  ran.clear();
  const auto paths = revert();
  ASSERT_TRUE(paths) << to_string(paths.error());
  EXPECT_EQ(paths->size(), 5U);
  expect_old();
  EXPECT_THAT(ran, ElementsAre("reload-units"));
  EXPECT_THAT(*revert(), IsEmpty());
}

TEST_F(HostTest, UndoesWhatWasDoneBeforeAProgramFailed) {
  for (const char* program : {"rebuild-by-mkinitcpio", "reload-units"}) {
    failing = program;
    const auto done = perform();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().subject, program);
    EXPECT_EQ(done.error().reason, "no space left; nothing was changed");
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
  EXPECT_THAT(ran, ElementsAre("rebuild-by-mkinitcpio", "reload-units"));
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
  UndoLog first = undo_log_of(**root, *editor);
  UndoLog second = undo_log_of(**root, *editor);
  ASSERT_TRUE(first.open());
  const auto refused = second.open();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().reason, HasSubstr("is changing this host"));
}

TEST_F(HostTest, ADamagedJournalStopsEverything) {
  ASSERT_TRUE(perform());
  tree.write(journal_path, "{}");
  const auto reverted = revert();
  ASSERT_FALSE(reverted);
  EXPECT_EQ(reverted.error().kind, ErrorKind::malformed);
}

TEST_F(HostTest, WhatOthersMayWriteIsNotBelieved) {
  ASSERT_TRUE(perform());
  const auto root = open_tree(tree.folder());
  const auto editor = Editor::open_tree(tree.folder());
  trust = failure(ErrorKind::denied, journal_path, "others may write it");
  UndoLog undo_log = undo_log_of(**root, *editor);
  EXPECT_FALSE(undo_log.open());
  EXPECT_FALSE(undo_log.all());
}

TEST_F(HostTest, ARunSeesThatAnotherOneHasTheHost) {
  const auto root = open_tree(tree.folder());
  const auto editor = Editor::open_tree(tree.folder());
  const UndoLog other = undo_log_of(**root, *editor);
  EXPECT_FALSE(other.is_open_elsewhere());
  EXPECT_FALSE(tree.has("/var/lib/kmodsec"));
  {
    UndoLog undo_log = undo_log_of(**root, *editor);
    ASSERT_TRUE(undo_log.open());
    EXPECT_TRUE(other.is_open_elsewhere());
  }
  EXPECT_FALSE(other.is_open_elsewhere());
}

constexpr const char* undone_folder = "/var/lib/kmodsec/transactions/000001.undone";

std::vector<std::string> names_in(const TemporaryTree& tree, const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(tree.on_disk(folder)))
    names.push_back(entry.path().filename());
  return names;
}

TEST_F(HostTest, KeepsNoCopyOfWhatStayed) {
  ASSERT_TRUE(perform());
  tree.write(image, "image of an upgrade");
  ASSERT_TRUE(revert());
  EXPECT_THAT(names_in(tree, undone_folder), ElementsAre("journal.json"));
}

TEST_F(HostTest, ANumberOfWhichAllStayedIsNotGivenAgain) {
  own.of_administrator.insert("/etc/a.conf");
  plan.edits.resize(1);
  plan.actions.clear();
  ASSERT_EQ(*perform(), 1U);
  tree.write("/etc/a.conf", "by hand\n");
  const auto paths = revert();
  ASSERT_TRUE(paths) << to_string(paths.error());
  EXPECT_THAT(*paths, IsEmpty());
  EXPECT_EQ(tree.read("/etc/a.conf"), "by hand\n");
  EXPECT_EQ(*perform(), 2U);
}

TEST_F(HostTest, AFolderStaysWithWhatStaysInIt) {
  own.of_administrator.insert("/etc/d/b.conf");
  ASSERT_TRUE(perform());
  tree.write("/etc/d/b.conf", "by hand\n");
  const auto paths = revert();
  ASSERT_TRUE(paths) << to_string(paths.error());
  EXPECT_THAT(*paths, Not(Contains("/etc/d")));
  EXPECT_EQ(tree.read("/etc/d/b.conf"), "by hand\n");
}

TEST_F(HostTest, SweepsCopiesOfWhatIsUndone) {
  ASSERT_TRUE(perform());
  ASSERT_TRUE(revert());
  tree.write(std::string(undone_folder) + "/0", "old\n");
  EXPECT_EQ(*perform(), 2U);
  EXPECT_THAT(names_in(tree, undone_folder), ElementsAre("journal.json"));
}

TEST_F(HostTest, SweepsNothingBehindALink) {
  tree.write("/elsewhere/theirs", "x");
  std::filesystem::create_directories(tree.on_disk(undone_folder).parent_path());
  std::filesystem::create_directory_symlink("/elsewhere", tree.on_disk(undone_folder));
  EXPECT_TRUE(perform());
  EXPECT_EQ(tree.read("/elsewhere/theirs"), "x");
}

TEST_F(HostTest, WhatFailedAtItsEndIsForgotten) {
  plan.actions.pop_back();
  plan.actions.front().rewrites = {image};
  is_image_lost = true;
  ASSERT_FALSE(perform());
  EXPECT_FALSE(tree.has(undone_folder));
  expect_old();
}

/// An interrupted revert leaves what it had found changed.
TEST_F(HostTest, RecoveryLeavesWhatTheRevertHasLeft) {
  ASSERT_TRUE(perform());
  Transaction transaction = *parse_undo_log(tree.read(journal_path));
  transaction.state = TransactionState::begun;
  transaction.paths.front().is_left = true;
  tree.write("/etc/a.conf", "by hand\n");
  tree.write(journal_path, print_undo_log(transaction));
  ASSERT_TRUE(revert());
  EXPECT_EQ(tree.read("/etc/a.conf"), "by hand\n");
  EXPECT_FALSE(tree.has("/etc/d"));
  EXPECT_THAT(names_in(tree, undone_folder), ElementsAre("journal.json"));
}

/// As somebody else than kmodsec could have written it.
class ForeignJournal : public HostTest {
 protected:
  ForeignJournal() {
    EXPECT_TRUE(perform());
    ran.clear();
    transaction = *parse_undo_log(tree.read(journal_path));
    transaction.state = TransactionState::begun;
  }

  void expect_refused(const std::string& why) {
    tree.write(journal_path, print_undo_log(transaction));
    const auto reverted = revert();
    ASSERT_FALSE(reverted);
    EXPECT_EQ(reverted.error().kind, ErrorKind::denied);
    EXPECT_THAT(reverted.error().reason, HasSubstr(why));
    expect_new();
    EXPECT_THAT(ran, IsEmpty());
  }

  Transaction transaction;
};

TEST_F(ForeignJournal, GivesNothingASetIdMode) {
  for (const std::uint32_t mode : {04755U, 02755U, 01777U, 0100644U}) {
    transaction.paths.front().before.mode = mode;
    expect_refused("which kmodsec never sets");
  }
}

TEST_F(ForeignJournal, GivesNothingToNobody) {
  transaction.paths.front().before.uid = 0xffffffff;
  expect_refused("has no owner");
  transaction.paths.front().before.uid = 0;
  transaction.paths.front().before.gid = 0xffffffff;
  expect_refused("has no owner");
}

TEST_F(ForeignJournal, NamesNoPathOfOthers) {
  for (const char* path : {"/etc/shadow", "/etc/d/../shadow", "/etc//a.conf", "/etc/a.conf/", "/",
                           "/usr/bin/su", "/etc/systemd/system/evil.service"}) {
    transaction.paths.front().path = path;
    transaction.paths.front().made_by_program = false;
    expect_refused("is not a path that kmodsec changes");
    transaction.paths.front().made_by_program = true;
    expect_refused("is not a path that kmodsec changes");
  }
}

TEST_F(ForeignJournal, TakesNoFolderForAFile) {
  transaction.paths[1].before = text_file({});
  expect_refused("/etc/d is not a path that kmodsec changes");
}

TEST_F(ForeignJournal, ReadsNoFileThatIsNoCopy) {
  transaction.paths.front().copy.clear();
  expect_refused("has no copy");
}

}  // namespace
}  // namespace kmodsec::test
