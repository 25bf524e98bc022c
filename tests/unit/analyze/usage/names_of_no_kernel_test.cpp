// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/names_of_no_kernel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/usage_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> asked_names = {"snd-hda", "lopo", "loop", "ext4"};

Facts host_of_two_kernels() {
  Facts facts = host_with({kernel_with("6.1", {{"loop", "loop.ko", {}}}, {}),
                           kernel_with("6.2", {{"snd_hda", "snd-hda.ko", {}}}, {})});
  for (ModuleTree& tree : facts.trees)
    tree.builtin = std::vector<BuiltinModule>{{"ext4", "ext4.ko", {}}};
  return facts;
}

TEST(NamesOfNoKernel, AreInNoneOfThem) {
  EXPECT_THAT(names_of_no_kernel(host_of_two_kernels(), asked_names), ElementsAre("lopo"));
}

TEST(NamesOfNoKernel, AreNoneWhereAKernelWasNotSeen) {
  Facts facts = host_of_two_kernels();
  facts.trees.back().index = failure(ErrorKind::denied, "/lib/modules", "not for this user");
  EXPECT_THAT(names_of_no_kernel(facts, asked_names), IsEmpty());
  facts.trees.clear();
  EXPECT_THAT(names_of_no_kernel(facts, asked_names), IsEmpty());
}

}  // namespace
}  // namespace kmodsec::test
