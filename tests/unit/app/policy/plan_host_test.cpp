// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/plan_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_tree.hpp"
#include "system/files/dir_root.hpp"

namespace kmodsec::test {
namespace {

using ::testing::HasSubstr;

class ProgramOfUnits : public ::testing::Test {
 protected:
  ProgramOfUnits() {
    for (const char* path : {"/usr/bin/kmodsec", "/home/u/kmodsec", "/opt/a b/kmodsec"})
      tree.write(path, "");
  }

  Result<UnitProgram> at(const std::string& path) const {
    const auto root = open_tree(tree.folder());
    return program_of_units(**root, path);
  }

  void let_others_write(const std::string& path) const {
    std::filesystem::permissions(tree.on_disk(path), std::filesystem::perms::others_write,
                                 std::filesystem::perm_options::add);
  }

  TemporaryTree tree;
};

TEST_F(ProgramOfUnits, IsOneThatRootAloneCanChange) {
  EXPECT_EQ(at("/usr/bin/kmodsec")->path(), "/usr/bin/kmodsec");
  let_others_write("/home/u");
  const auto refused = at("/home/u/kmodsec");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::denied);
  EXPECT_THAT(refused.error().reason, HasSubstr("others than root may write /home/u"));
  let_others_write("/usr/bin/kmodsec");
  EXPECT_FALSE(at("/usr/bin/kmodsec"));
}

TEST_F(ProgramOfUnits, IsThereByAPlainName) {
  EXPECT_FALSE(at("/usr/bin/kmodsec (deleted)"));
  EXPECT_FALSE(at("/nowhere/kmodsec"));
  EXPECT_THAT(at("/opt/a b/kmodsec").error().reason, HasSubstr("more than a path"));
}

}  // namespace
}  // namespace kmodsec::test
