// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/deny_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyze/host/owned_paths.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const FileState two = text_file(
    "# b: deny.modules\ninstall b /bin/false\nblacklist b\n"
    "install a /bin/false\nblacklist a\n");

TEST(DenyChanges, AreSortedByName) {
  const DenyChanges changes = deny_changes(FileState{}, two);
  EXPECT_THAT(changes.denied, ElementsAre("a", "b"));
  EXPECT_THAT(changes.not_denied, IsEmpty());
  EXPECT_THAT(deny_changes(two, FileState{}).not_denied, ElementsAre("a", "b"));
}

TEST(DenyChanges, AreWhatDiffers) {
  const DenyChanges changes = deny_changes(two, text_file("install b /bin/true\ninstall c x\n"));
  EXPECT_THAT(changes.denied, ElementsAre("c"));
  EXPECT_THAT(changes.not_denied, ElementsAre("a"));
}

TEST(DenyChanges, OfAPlanAreThoseOfItsFile) {
  EXPECT_THAT(deny_changes({{"/etc/modprobe.d/other.conf", {}, two}}).denied, IsEmpty());
  EXPECT_THAT(deny_changes({{std::string(deny_file_path), {}, two}}).denied, ElementsAre("a", "b"));
}

TEST(DenyChanges, AreNoneOfWhatWasClosedBefore) {
  const Facts before = machine_with_lines("install isofs /bin/false\nblacklist isofs\n");
  DenyChanges changes{{"dummy", "isofs", "no_such_module"}, {}};
  set_apart_closed(before, changes);
  EXPECT_THAT(changes.denied, ElementsAre("dummy"));
  EXPECT_THAT(changes.closed_before, ElementsAre("isofs", "no_such_module"));
}

TEST(DenyChanges, AreAllWhereAKernelWasNotSeen) {
  Facts before = machine_with_lines("install isofs /bin/false\nblacklist isofs\n");
  before.trees.front().index = failure(ErrorKind::denied, "/lib/modules", "not for this user");
  DenyChanges changes{{"dummy", "isofs"}, {}};
  set_apart_closed(before, changes);
  EXPECT_THAT(changes.denied, ElementsAre("dummy", "isofs"));
}

}  // namespace
}  // namespace kmodsec::test
