// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/exposure_report.hpp"

#include <gtest/gtest.h>

#include "analyze/module_details.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

/// "isofs" is a file system, which users can have mounted; "udf" root alone loads.
Facts machine() {
  Facts facts = machine_with_lines("");
  add_loaded(facts, "isofs");
  facts.trees.front().index->pop_back();
  return facts;
}

bool is_deny_offered(const Facts& facts, const std::string& module) {
  return answer_doors(facts, {.modules = {module}}).modules.front().deny_offered;
}

LoadedModule& loaded_isofs(Facts& facts) { return facts.loaded->back(); }

TEST(DenyOffer, IsMadeOfWhatOthersThanRootHaveLoadedAndNothingUses) {
  Facts facts = machine();
  EXPECT_TRUE(is_deny_offered(facts, "isofs"));
  EXPECT_FALSE(is_deny_offered(facts, "udf")) << "only root loads it";
  EXPECT_FALSE(is_deny_offered(facts, "ext4")) << "built in";
  EXPECT_FALSE(is_deny_offered(facts, "ghost")) << "absent";
  add_lines(facts, "install isofs /bin/false\nblacklist isofs\n", "/etc/modprobe.d/a.conf");
  EXPECT_FALSE(is_deny_offered(facts, "isofs")) << "denied";
}

TEST(DenyOffer, IsNotMadeOfWhatIsInUse) {
  Facts needed = machine();
  loaded_isofs(needed).used_by = {"udf"};
  EXPECT_FALSE(is_deny_offered(needed, "isofs"));
  Facts mounted = machine();
  mounted.users = std::vector<ModuleUser>{{"isofs", "mount", "/media"}};
  EXPECT_FALSE(is_deny_offered(mounted, "isofs"));
}

/// The kernel's image holds "udf", which a device asks for.
Facts machine_with_image() {
  Facts facts = machine();
  ModuleTree& tree = facts.trees.front();
  tree.aliases->push_back({"pci:v2*", "udf"});
  InitramfsImage image{.path = "/boot/initrd", .maker = ImageMaker::dracut, .index = *tree.index};
  for (const IndexEntry& entry : *tree.index)
    image.modules.push_back({entry.name, "/" + entry.path, true, "00", "00", {}});
  tree.initramfs_images = std::vector<InitramfsImage>{image};
  return facts;
}

ModuleLoadPaths answer_of(const Facts& facts, const std::string& module) {
  return answer_doors(facts, {.modules = {module}}).modules.front();
}

TEST(RebuildOffer, IsMadeOfWhatAnImageLetsInThatIsOlderThanTheDeny) {
  Facts facts = machine_with_image();
  EXPECT_TRUE(answer_of(facts, "udf").deny_offered);
  EXPECT_EQ(answer_of(facts, "udf").rebuild, "");
  add_lines(facts, "install udf /bin/false\nblacklist udf\n",
            "/etc/modprobe.d/00-kmodsec-deny.conf");
  EXPECT_FALSE(answer_of(facts, "udf").deny_offered) << "denied already";
  EXPECT_EQ(answer_of(facts, "udf").rebuild, "kmodsec apply");
  facts.policy->deny.initramfs = DenyInInitramfs::exclude;
  EXPECT_EQ(answer_of(facts, "udf").rebuild, "") << "the policy wants it in the image";
  facts.policy->deny.initramfs = DenyInInitramfs::include;
  facts.trees.front().initramfs_images->front().load.lines = facts.load->lines;
  EXPECT_EQ(answer_of(facts, "udf").rebuild, "") << "the image is not older";
}

TEST(RebuildOffer, NamesTheToolForADenyOfTheAdministrator) {
  Facts facts = machine_with_image();
  add_lines(facts, "install udf /bin/false\nblacklist udf\n", "/etc/modprobe.d/a.conf");
  EXPECT_EQ(answer_of(facts, "udf").rebuild.find("kmodsec"), std::string::npos);
  EXPECT_NE(answer_of(facts, "udf").rebuild.find("dracut"), std::string::npos);
}

TEST(ModuleOfAPolicy, IsSaidToBeExcepted) {
  Facts facts = machine();
  EXPECT_EQ(answer_of(facts, "isofs").excepted, "");
  facts.policy->deny.except = {"isofs"};
  EXPECT_EQ(answer_of(facts, "isofs").excepted, "deny.except of the policy names it");
  facts.policy->exceptions = {{.module = "isofs", .until = facts.time + 86'400, .reason = "r"}};
  EXPECT_EQ(answer_of(facts, "isofs").excepted.find("an exception of the policy until "), 0U);
}

TEST(DenyOffer, IsTheSameInShow) {
  for (const bool is_used : {false, true}) {
    Facts facts = machine();
    if (is_used) loaded_isofs(facts).used_by = {"udf"};
    std::vector<ModuleDetails> modules = {find_module(facts, "isofs").value()};
    add_kernel_answers(facts, modules);
    ASSERT_TRUE(modules.front().load_paths);
    EXPECT_EQ(modules.front().load_paths->deny_offered, is_deny_offered(facts, "isofs"));
    EXPECT_EQ(modules.front().load_paths->deny_offered, !is_used);
  }
}

}  // namespace
}  // namespace kmodsec::test
