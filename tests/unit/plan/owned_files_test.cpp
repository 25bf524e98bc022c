// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/plan.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Host {
  Facts facts = machine_with_lines("");

  PlanInput input() const& {
    return {&facts, facts.policy->denies, facts.policy->exceptions, true};
  }
  PlanInput input() const&& = delete;  // it points into the facts
};

Host host_that_denies(const std::string& module) {
  Host host;
  host.facts.policy->denies = {{module, "a-profile"}};
  return host;
}

TEST(DenyFile, IsNotThereWithoutDenies) {
  const Host host;
  EXPECT_EQ(deny_file(host.input()).wanted.kind, FileKind::absent);
}

TEST(DenyFile, ClosesNameAndAlias) {
  const Host host = host_that_denies("dummy");
  const FileState file = deny_file(host.input()).wanted;
  EXPECT_EQ(file.mode, 0644U);
  EXPECT_THAT(file.content, HasSubstr("# dummy: a-profile\ninstall dummy /bin/false\n"
                                      "blacklist dummy\n"));
  EXPECT_THAT(file.content, Not(HasSubstr("softdep")));
}

TEST(DenyFile, PretendsWhereThePolicySaysSo) {
  Host host = host_that_denies("dummy");
  host.facts.policy->deny.on_attempt = DenyAnswer::pretend;
  EXPECT_THAT(deny_file(host.input()).wanted.content, HasSubstr("install dummy /bin/true\n"));
}

TEST(DenyFile, TakesTheSoftdepAwayThatWouldVoidIt) {
  Host host = host_that_denies("dummy");
  host.facts.trees.front().softdeps = std::vector<SoftDependency>{{"dummy", {"crc32c"}, {}, 2}};
  EXPECT_THAT(deny_file(host.input()).wanted.content,
              HasSubstr("softdep dummy pre:\ninstall dummy /bin/false\n"));
}

TEST(DenyFile, HasNoOtherLineForWhatIsNotKept) {
  Host host;
  host.facts.trees.front().softdeps = std::vector<SoftDependency>{{"udf", {"crc32c"}, {}, 2}};
  host.facts.policy->denies = {{.module = "isofs", .profile = {}, .not_kept = true},
                               {.module = "dummy", .profile = "a-profile"},
                               {.module = "udf", .profile = {}, .not_kept = true}};
  EXPECT_THAT(
      deny_file(host.input()).wanted.content,
      HasSubstr("# dummy: a-profile\ninstall dummy /bin/false\nblacklist dummy\n"
                "\n# deny.everything_else: 'kmodsec show MODULE' tells why one is not kept.\n"
                "install isofs /bin/false\nblacklist isofs\n"
                "softdep udf pre:\ninstall udf /bin/false\nblacklist udf\n"));
}

TEST(DenyFile, SaysWhatIsBuiltIn) {
  const Host host = host_that_denies("ext4");
  const std::string text = deny_file(host.input()).wanted.content;
  EXPECT_THAT(text,
              AllOf(HasSubstr("# ext4: a-profile. It is built in"), Not(HasSubstr("install"))));
}

TEST(NotesOnKernels, NameWhatIsKeptOfAnotherKernelAlone) {
  Host host;
  host.facts.live = true;
  ModuleTree& other = add_kernel(host.facts, "6.12.0-test");
  other.index->push_back({"isofs_core", "kernel/isofs-core.ko", {}});
  other.index->push_back({"rds", "kernel/rds.ko", {}});
  PlanInput input = host.input();
  EXPECT_THAT(notes_on_kernels(input), IsEmpty());
  input.everything_else.set.kept = {{"isofs", KeepCause::used, "used before", ""},
                                    {"isofs_core", KeepCause::needed, "isofs needs it", "isofs"}};
  EXPECT_THAT(notes_on_kernels(input),
              ::testing::ElementsAre("6.12.0-test keeps 1 module that the running kernel does not "
                                     "have: isofs_core (isofs needs it)"));
}

TEST(OtherFiles, SayWhatThePolicyAsksFor) {
  Host host;
  host.facts.policy->options = {{"dummy", "numdummies=4"}};
  host.facts.policy->load = {"nf_conntrack"};
  EXPECT_THAT(options_file(host.input()).wanted.content, HasSubstr("options dummy numdummies=4\n"));
  EXPECT_THAT(load_file(host.input()).wanted.content, HasSubstr("\nnf_conntrack\n"));
}

TEST(AuditRulesFile, NeedsAuditd) {
  Host host;
  host.facts.policy->audit_rules = true;
  EXPECT_EQ(audit_rules_file(host.input()).wanted.kind, FileKind::absent);
  EXPECT_THAT(notes_on(host.input()), Contains(HasSubstr("auditd is not installed")));
  host.facts.tools.auditd = true;
  host.facts.kernel.arch = "x86_64";
  EXPECT_THAT(audit_rules_file(host.input()).wanted.content,
              AllOf(HasSubstr("arch=b64 -S init_module,finit_module,delete_module"),
                    HasSubstr("arch=b32 -S")));
  host.facts.kernel.arch = "i686";
  EXPECT_THAT(audit_rules_file(host.input()).wanted.content, Not(HasSubstr("b64")));
}

TEST(Units, EndAnExceptionInTime) {
  Host host;
  host.facts.tools.systemd = true;
  host.facts.policy->exceptions = {{"dummy", 1796104800, "x"}};
  const std::vector<OwnedFile> files = unblock_timer(host.input());
  ASSERT_EQ(files.size(), 3U);
  EXPECT_THAT(files[0].wanted.content,
              AllOf(HasSubstr("ExecStart=/usr/bin/kmodsec apply --yes --unattended\n"),
                    HasSubstr("SuccessExitStatus=3\n")));
  EXPECT_THAT(files[1].wanted.content, AllOf(HasSubstr("OnCalendar=2026-12-01 06:00:00 UTC\n"),
                                             HasSubstr("Persistent=yes\n")));
  EXPECT_EQ(files[2].wanted, link_to("../kmodsec-unblock.timer"));
}

TEST(Units, RunNothingButAPlainPath) {
  EXPECT_TRUE(UnitProgram::at("/usr/local/bin/kmodsec-0.1"));
  for (const char* path :
       {"", "kmodsec", "/", "/home/u/my kmodsec", "/opt/%n/kmodsec", "/opt/$HOME/kmodsec",
        "/opt/\"x\"/kmodsec", "/opt/'x'/kmodsec", "/opt/x\nExecStartPre=/bin/sh/kmodsec",
        "/opt/x\\/kmodsec", "/opt/;/kmodsec", "/usr/bin/../../tmp/kmodsec", "/usr//bin/kmodsec",
        "/usr/bin/kmodsec (deleted)", "/opt/\xff/kmodsec", "/usr/bin/"})
    EXPECT_FALSE(UnitProgram::at(path)) << path;
}

TEST(Images, AreConcernedByWhatTheirMakersCopyOrDo) {
  for (const char* path :
       {"/etc/modprobe.d/00-kmodsec-deny.conf", "/etc/initramfs-tools/hooks/kmodsec",
        "/etc/dracut.conf.d/50-kmodsec.conf"})
    EXPECT_TRUE(concerns_images({{path, text_file("x"), {}}})) << path;
  EXPECT_FALSE(concerns_images({{"/etc/modules-load.d/kmodsec.conf", text_file("x"), {}}}));
}

TEST(AuditRulesFile, HasNoRuleOfATreesOwnMaking) {
  Host host;
  host.facts.policy->audit_rules = true;
  host.facts.tools.auditd = true;
  host.facts.kernel.arch = "x86_64";
  const auto watches = [&](const std::string& kmod) {
    host.facts.kernel.modprobe_helper = ModprobeHelper{.path = "/sbin/modprobe", .resolved = kmod};
    return audit_rules_file(host.input()).wanted.content.contains("kmodsec-kmod");
  };
  EXPECT_TRUE(watches("/usr/bin/kmod"));
  EXPECT_FALSE(watches("/usr/bin/kmod\n-D"));
  EXPECT_FALSE(watches("/usr/bin/kmod -F exit=0"));
}

TEST(OwnPaths, AreThoseOfAnyPolicy) {
  const OwnPaths own = own_paths();
  EXPECT_TRUE(own.files.contains(std::string(deny_file_path)));
  EXPECT_TRUE(own.files.contains("/etc/systemd/system/kmodsec-unblock.timer"));
  EXPECT_TRUE(own.files.contains("/etc/initramfs-tools/hooks/kmodsec"));
  EXPECT_TRUE(own.folders.contains("/etc/modprobe.d"));
  EXPECT_FALSE(own.folders.contains(""));
  EXPECT_EQ(own.files.size(), 11U);
}

TEST(Units, FreezeLate) {
  Host host;
  host.facts.policy->freeze.level = FreezeLevel::all;
  EXPECT_EQ(freeze_unit(host.input()).front().wanted.kind, FileKind::absent);
  host.facts.tools.systemd = true;
  EXPECT_THAT(freeze_unit(host.input()).front().wanted.content,
              AllOf(HasSubstr("After=multi-user.target"), HasSubstr("--when-ready --level all\n")));
}

TEST(Edits, MakeTheFoldersThatAreMissing) {
  const Host host = host_that_denies("dummy");
  const auto edits = edits_for(host.input(), [](const std::string& path) -> Result<FileState> {
    return path == "/etc" ? empty_folder(0755) : FileState{};
  });
  ASSERT_TRUE(edits);
  ASSERT_EQ(edits->list.size(), 2U);
  EXPECT_EQ(edits->list[0].path, "/etc/modprobe.d");
  EXPECT_EQ(edits->list[0].after, empty_folder(0755));
  EXPECT_EQ(edits->list[1].path, deny_file_path);
}

TEST(Edits, AreNoneWhereAllIsAsWanted) {
  const Host host = host_that_denies("dummy");
  const FileState wanted = deny_file(host.input()).wanted;
  const auto edits = edits_for(host.input(), [&](const std::string& path) -> Result<FileState> {
    return path == deny_file_path ? wanted : FileState{};
  });
  EXPECT_THAT(edits->list, IsEmpty());
}

TEST(Edits, EndWhereAFileIsTooLarge) {
  const Host host;
  const auto edits = edits_for(host.input(), [](const std::string& path) -> Result<FileState> {
    return failure(ErrorKind::too_large, path, "larger than the limit");
  });
  EXPECT_EQ(edits.error().kind, ErrorKind::too_large);
}

TEST(Edits, TellWhatThisUserMayNotRead) {
  const Host host = host_that_denies("dummy");
  const auto edits = edits_for(host.input(), [](const std::string& path) -> Result<FileState> {
    if (path.starts_with("/etc/audit")) return failure(ErrorKind::denied, path, "no permission");
    return path.ends_with(".d") ? empty_folder(0755) : FileState{};
  });
  ASSERT_TRUE(edits);
  EXPECT_EQ(edits->list.size(), 1U);
  ASSERT_EQ(edits->unreadable.size(), 1U);
  EXPECT_EQ(edits->unreadable[0].what, "/etc/audit/rules.d/50-kmodsec.rules");
}

InitramfsImage image_of(ImageMaker maker) {
  return {.path = "/boot/initrd.img",
          .maker = maker,
          .load = {},
          .index = {},
          .softdeps = {},
          .modules = {}};
}

TEST(Actions, RebuildAnImageWhoseCopyDiffers) {
  Host host = host_that_denies("dummy");
  host.facts.trees.front().initramfs_images = std::vector{image_of(ImageMaker::initramfs_tools)};
  Facts after = host.facts;
  add_lines(after, "install dummy /bin/false\n", std::string(deny_file_path));
  const auto actions = actions_for(host.input(), {}, *after.load);
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(actions[0].deed.command().at(0), "update-initramfs");
  EXPECT_THAT(actions[0].rewrites, Contains("/boot/initrd.img"));

  for (ConfigLine line : after.load->lines) {
    line.source = "/boot/initrd.img:" + line.source;
    host.facts.trees.front().initramfs_images->front().load.lines.push_back(line);
  }
  EXPECT_THAT(actions_for(host.input(), {}, *after.load), IsEmpty());
  host.facts.policy->deny.initramfs = DenyInInitramfs::exclude;
  EXPECT_EQ(actions_for(host.input(), {}, *after.load).size(), 1U);
}

/// dracut would write a bare initramfs over a kernel that firmware starts.
TEST(Actions, LeaveAUnifiedImageOpen) {
  Host host = host_that_denies("dummy");
  InitramfsImage unified = image_of(ImageMaker::dracut);
  unified.path = "/boot/efi/EFI/Linux/debian-6.1.efi";
  host.facts.trees.front().initramfs_images = std::vector{unified};
  Facts after = host.facts;
  add_lines(after, "install dummy /bin/false\n", std::string(deny_file_path));
  EXPECT_THAT(actions_for(host.input(), {}, *after.load), IsEmpty());
}

FileEdit edit_of_the_timer(const FileState& before, const FileState& after) {
  return {"/etc/systemd/system/kmodsec-unblock.timer", before, after};
}

/// systemctl fails when it is to stop a unit that is not loaded, unless it looks for a pattern.
TEST(Actions, AreUndoneByWhatFitsTheTimerThatWasThere) {
  Host host = host_that_denies("dummy");
  PlanInput input = host.input();
  input.systemd_runs = true;
  const HostAction start = *HostAction::make(HostActionKind::start_unblock_timer);
  const HostAction stop = *HostAction::make(HostActionKind::stop_unblock_timer);
  EXPECT_EQ(stop.command().back(), "kmodsec-unblock.time[r]");
  const auto created =
      actions_for(input, {edit_of_the_timer({}, text_file("a"))}, *host.facts.load);
  EXPECT_EQ(created.back().deed, start);
  EXPECT_EQ(created.back().undo, stop);
  const auto changed =
      actions_for(input, {edit_of_the_timer(text_file("a"), text_file("b"))}, *host.facts.load);
  EXPECT_EQ(changed.back().deed, start);
  EXPECT_EQ(changed.back().undo, start);
  const auto removed =
      actions_for(input, {edit_of_the_timer(text_file("a"), {})}, *host.facts.load);
  EXPECT_EQ(removed.back().deed, stop);
  EXPECT_EQ(removed.back().undo, start);
}

TEST(Outlook, NamesWhatStaysOpen) {
  const Host host = host_that_denies("ext4");
  EXPECT_THAT(open_denies(host.facts, host.input().denies).open,
              Contains(AllOf(Field(&OpenDeny::module, "ext4"),
                             Field(&OpenDeny::why, HasSubstr("built into the kernel")))));
}

TEST(Outlook, KnowsNoSuchModule) {
  Host host;
  host.facts.policy->deny.modules = {"dumy"};
  const auto known = names_are_known(host.facts, {"cramfs"});
  ASSERT_FALSE(known);
  EXPECT_THAT(known.error().reason, HasSubstr("did you mean dummy?"));
  host.facts.policy->deny.modules = {"cramfs", "dummy", "ext4"};
  EXPECT_TRUE(names_are_known(host.facts, {"cramfs"}));
}

}  // namespace
}  // namespace kmodsec::test
