// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/policy_edit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/policy/policy.hpp"

namespace kmodsec {
namespace {

using ::testing::HasSubstr;

std::string deny(const std::string& text, const std::string& module) {
  const auto edited = add_to_list(text, "deny", "modules", module);
  return edited ? *edited : edited.error().reason;
}

std::string allow(const std::string& text, const std::string& module) {
  const auto edited = remove_from_list(text, "deny", "modules", module);
  return edited ? *edited : edited.error().reason;
}

TEST(PolicyEdit, BeginsAPolicy) { EXPECT_EQ(deny("", "sctp"), "[deny]\nmodules = [\"sctp\"]\n"); }

TEST(PolicyEdit, MakesWhatIsMissing) {
  EXPECT_EQ(deny("# ours\n[load]\nmodules = [\"a\"]", "sctp"),
            "# ours\n[load]\nmodules = [\"a\"]\n\n[deny]\nmodules = [\"sctp\"]\n");
  EXPECT_EQ(deny("[deny] # why\non_attempt = \"fail\"\n", "sctp"),
            "[deny] # why\nmodules = [\"sctp\"]\non_attempt = \"fail\"\n");
  EXPECT_EQ(deny("[deny]", "sctp"), "[deny]\nmodules = [\"sctp\"]\n");
}

TEST(PolicyEdit, AddsToAListAndKeepsItsComments) {
  EXPECT_EQ(deny("[deny]\nmodules = []\n", "sctp"), "[deny]\nmodules = [\"sctp\"]\n");
  EXPECT_EQ(deny("[deny]\nmodules = [\n  \"a\", # \xC3\xA9 one\n  \"b\" # two\n]\n", "sctp"),
            "[deny]\nmodules = [\n  \"a\", # \xC3\xA9 one\n  \"b\", \"sctp\" # two\n]\n");
  EXPECT_EQ(deny("[deny]\nmodules = [ \"\xC3\xA9\", \"b\" ]\n", "c"),
            "[deny]\nmodules = [ \"\xC3\xA9\", \"b\", \"c\" ]\n");
}

TEST(PolicyEdit, AddsNothingTwice) {
  const std::string text = "[deny]\nmodules = [\"usb-storage\"]\n";
  EXPECT_EQ(deny(text, "usb_storage"), text);
}

TEST(PolicyEdit, TakesAnEntryOut) {
  EXPECT_EQ(allow("[deny]\nmodules = [\"a\", \"b\", \"c\"] # x\n", "b"),
            "[deny]\nmodules = [\"a\", \"c\"] # x\n");
  EXPECT_EQ(allow("[deny]\nmodules = [\"a\", \"b\"]\n", "b"), "[deny]\nmodules = [\"a\"]\n");
  EXPECT_EQ(allow("[deny]\nmodules = [\"usb-storage\"]\n", "usb_storage"),
            "[deny]\nmodules = []\n");
  EXPECT_EQ(allow("[load]\n", "b"), "[load]\n");
}

TEST(PolicyEdit, SetsATextOfAModule) {
  const auto options = [](const std::string& text, const std::string& value) {
    const auto edited = set_text(text, "options", "snd_hda_intel", value);
    return edited ? *edited : edited.error().reason;
  };
  EXPECT_EQ(options("", "a=1"), "[options]\nsnd_hda_intel = \"a=1\"\n");
  EXPECT_EQ(options("[options] # ours\nloop = \"b=2\"\n", "a=1"),
            "[options] # ours\nsnd_hda_intel = \"a=1\"\nloop = \"b=2\"\n");
  EXPECT_EQ(options("[options]\nsnd-hda-intel = 'a=0' # once\nloop = \"\"\n", "a=1"),
            "[options]\nsnd-hda-intel = \"a=1\" # once\nloop = \"\"\n");
  EXPECT_THAT(options("options = {}\n", "a=1"), HasSubstr("write it as [options]"));
}

TEST(PolicyEdit, SetsASwitch) {
  const auto edited = [](const std::string& text, bool value) {
    return *set_switch(text, "deny", "autoload_by_users", value);
  };
  EXPECT_EQ(edited("", true), "[deny]\nautoload_by_users = true\n");
  EXPECT_EQ(edited("", false), "");
  EXPECT_EQ(edited("[deny]\nmodules = []\n", true),
            "[deny]\nautoload_by_users = true\nmodules = []\n");
  EXPECT_EQ(edited("[deny]\nautoload_by_users = false # why\n", true),
            "[deny]\nautoload_by_users = true # why\n");
  EXPECT_EQ(edited("[deny]\nautoload_by_users = true\n", false),
            "[deny]\nautoload_by_users = false\n");
}

TEST(PolicyEdit, AnyTextIsReadBackAsItWas) {
  for (const std::string value : {"label=\"two words\"", "a=\xC3\xA9", "a=#]'"}) {
    const auto policy = parse_policy(*set_text("", "options", "loop", value));
    ASSERT_TRUE(policy) << policy.error().reason;
    EXPECT_EQ(policy->options.at(0).parameters, value);
  }
}

TEST(PolicyEdit, AddsAnException) {
  const auto text = add_exception("[deny]\n", {"usb_storage", 1796104800, "a \"disk\"\n[x]"});
  EXPECT_EQ(*text,
            "[deny]\n\n[[exception]]\nmodule = \"usb_storage\"\nuntil = 2026-12-01T06:00:00Z\n"
            "reason = \"a  disk  [x]\"\n");
  const auto policy = parse_policy(*text);
  ASSERT_TRUE(policy) << policy.error().reason;
  EXPECT_EQ(policy->exceptions.at(0).until, 1796104800);
}

TEST(PolicyEdit, RemovesTheExceptionsOfAModule) {
  const std::string kept =
      "\n# Kept.\n[[exception]]\nmodule = \"b\"\nuntil = 2026-12-01T06:00:00Z\n"
      "reason = \"y\"\n";
  const std::string gone =
      "[[exception]]\nmodule = \"a\"\nuntil = 2026-12-01T06:00:00Z\n"
      "reason = \"x\"\n";
  EXPECT_EQ(*remove_exceptions(gone + kept + gone, "a", 0), kept);
  EXPECT_EQ(*remove_exceptions(kept, "a", 0), kept);
}

TEST(PolicyEdit, RemovesWhatIsOver) {
  const auto text = add_exception("[load]\n", {"a", 100, "x"});
  EXPECT_EQ(*remove_exceptions(*text, "", 99), *text);
  EXPECT_EQ(*remove_exceptions(*text, "", 100), "[load]\n\n");
}

TEST(PolicyEdit, LeavesWhatOnlyAPersonShouldEdit) {
  EXPECT_THAT(deny("deny = { modules = [] }\n", "a"), HasSubstr("write it as [deny]"));
  EXPECT_THAT(remove_exceptions("exception = [{ module = \"a\" }]\n", "a", 0).error().reason,
              HasSubstr("[[exception]]"));
  EXPECT_THAT(deny("[deny\n", "a"), HasSubstr("line 1"));
}

}  // namespace
}  // namespace kmodsec
