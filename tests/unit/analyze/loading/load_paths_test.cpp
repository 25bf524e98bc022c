// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/load_paths.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "format/loading/busybox_conf.hpp"
#include "format/loading/modprobe_conf.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

/// "udf", which needs "crc_itu_t", is a device's; "isofs" is a file system; "rds" a protocol.
Facts machine(std::string_view lines) {
  Facts facts = machine_with_lines(lines);
  ModuleTree& tree = facts.trees.front();
  tree.index->push_back({"rds", "kernel/rds.ko", {}});
  tree.index->push_back({"bridge", "kernel/bridge.ko", {}});
  *tree.aliases = {{"fs-isofs", "isofs"}, {"pci:v2*", "udf"}, {"net-pf-21", "rds"}};
  return facts;
}

/// The same with an image of all that, which has these lines and requests.
Facts machine_with_image(std::string_view lines, std::string_view lines_of_image,
                         std::vector<LoadRequest> requests = {}) {
  Facts facts = machine(lines);
  ModuleTree& tree = facts.trees.front();
  InitramfsImage image{
      .path = "/boot/initrd",
      .load = parse_modprobe_conf(lines_of_image, "/boot/initrd:/etc/modprobe.d/a.conf"),
      .index = *tree.index};
  image.load.at_boot = std::move(requests);
  for (const IndexEntry& entry : *tree.index)
    image.modules.push_back({entry.name, "/" + entry.path, {}, {}});
  tree.initramfs_images = std::vector<InitramfsImage>{image};
  return facts;
}

ModuleLoadPaths load_paths_of(const Facts& facts, const std::string& module) {
  return LoadPaths(facts, facts.trees.front()).of(module);
}

LoadPathVerdict image_load_path(const Facts& facts, const std::string& module) {
  const ModuleLoadPaths load_paths = load_paths_of(facts, module);
  for (const LoadPathVerdict& verdict : load_paths.load_paths) {
    if (verdict.load_path == LoadPath::initramfs) return verdict;
  }
  return {};
}

TEST(AttackerPosition, IsThatOfTheEasiestRequest) {
  const ModuleLoadPaths load_paths = load_paths_of(machine(""), "rds");
  EXPECT_EQ(load_paths.position, AttackerPosition::local);
  EXPECT_EQ(load_paths.trigger, "socket(2)");
  EXPECT_EQ(load_paths_of(machine(""), "crc_itu_t").trigger, "a device that is present, with udf");
}

TEST(AttackerPosition, OfARequestThatLeadsElsewhereIsRoot) {
  for (const std::string_view line : {"alias net-pf-21 off\n", "alias net-pf-* off\n",
                                      "install net-pf-21 /bin/false\n", "blacklist rds\n"}) {
    const ModuleLoadPaths load_paths = load_paths_of(machine(line), "rds");
    EXPECT_EQ(load_paths.position, AttackerPosition::root) << line;
    EXPECT_EQ(load_paths.trigger, "modprobe(8)") << line;
  }
  EXPECT_EQ(load_paths_of(machine("alias bridge off\n"), "bridge").position,
            AttackerPosition::none);
}

TEST(AttackerPosition, OfDevicesThatAreAllSentElsewhereIsRoot) {
  const ModuleLoadPaths load_paths = load_paths_of(machine("alias pci:* off\n"), "udf");
  EXPECT_EQ(load_paths.position, AttackerPosition::root);
  EXPECT_EQ(load_paths.load_paths[1].outcome, LoadPathOutcome::denied);
  EXPECT_EQ(load_paths.load_paths[1].decided_by->text, "alias pci:* off");
  EXPECT_EQ(load_paths_of(machine("alias pci:v3* off\n"), "udf").position,
            AttackerPosition::physical);
}

TEST(AttackerPosition, InAnImageIsThatOfWhatBringsItIn) {
  const Facts facts = machine_with_image("install crc_itu_t /bin/false\nblacklist udf\n", "");
  const ModuleLoadPaths load_paths = load_paths_of(facts, "crc_itu_t");
  EXPECT_FALSE(load_paths.denied);
  EXPECT_EQ(load_paths.position, AttackerPosition::physical);
  EXPECT_EQ(load_paths.trigger, "a device that is present while the initramfs runs, with udf");
}

Attacker attacker_when_loaded(const Facts& facts, const std::string& module) {
  return LoadPaths(facts, facts.trees.front()).attacker_when_loaded(module);
}

TEST(ReachOnceIn, DoesNotAskForDenies) {
  const Facts facts = machine("install rds /bin/false\nblacklist rds\n");
  EXPECT_EQ(attacker_when_loaded(facts, "rds"), (Attacker{AttackerPosition::local, "socket(2)"}));
}

TEST(ReachOnceIn, OfABuiltinModuleIsThatOfItsAliases) {
  Facts facts = machine("");
  facts.trees.front().builtin->push_back(
      {"unix", "kernel/net/unix/unix.ko", {{"license", "GPL"}, {"alias", "net-pf-1"}}});
  EXPECT_EQ(attacker_when_loaded(facts, "unix"), (Attacker{AttackerPosition::local, "socket(2)"}));
  EXPECT_EQ(attacker_when_loaded(facts, "ext4"), (Attacker{AttackerPosition::root, ""}));
}

TEST(ReachOnceIn, IsUnknownWhereTheAliasesOfWhatIsBuiltInWereNotSeen) {
  Facts facts = machine("");
  ModuleTree& tree = facts.trees.front();
  tree.unseen_builtin = {{tree.folder + "/modules.builtin.modinfo", "not found"}};
  EXPECT_EQ(attacker_when_loaded(facts, "ext4").position, AttackerPosition::unknown);
  EXPECT_EQ(attacker_when_loaded(facts, "rds").position, AttackerPosition::local)
      << "its aliases are in the index";
  const ModuleLoadPaths ext4 = load_paths_of(facts, "ext4");
  EXPECT_EQ(ext4.position, AttackerPosition::unknown);
  EXPECT_EQ(load_state_of(ext4), LoadState::built_in);
}

TEST(ReachOnceIn, IsUnknownOfWhatNoIndexNames) {
  Facts facts = machine("");
  EXPECT_EQ(attacker_when_loaded(facts, "ghost").position, AttackerPosition::unknown);
  EXPECT_EQ(attacker_when_loaded(facts, "batman_adv").position, AttackerPosition::adjacent)
      << "what it hears from outside needs no alias";
  facts.trees.front().aliases = not_seen();
  EXPECT_EQ(attacker_when_loaded(facts, "isofs").position, AttackerPosition::unknown);
}

TEST(ReachOnceIn, OfADriverOfARadioIsTheNeighbours) {
  Facts facts = machine("");
  ModuleTree& tree = facts.trees.front();
  tree.index->push_back({"ath9k", "kernel/ath9k.ko", {"mac80211", "cfg80211"}});
  tree.aliases->push_back({"pci:v0000168C*", "ath9k"});
  EXPECT_EQ(attacker_when_loaded(facts, "ath9k"),
            (Attacker{AttackerPosition::adjacent, "Wi-Fi frames, by cfg80211"}));
  EXPECT_EQ(attacker_when_loaded(facts, "kvm_amd").position, AttackerPosition::guest);
  EXPECT_EQ(attacker_when_loaded(facts, "ksmbd").position, AttackerPosition::adjacent);
}

TEST(PresenceOfAModule, IsUnknownWhereNotAllListsWereSeen) {
  Facts facts = machine("");
  EXPECT_EQ(load_state_of(load_paths_of(facts, "ghost")), LoadState::absent);
  EXPECT_TRUE(load_paths_of(facts, "ghost").denied);
  facts.trees.front().builtin = not_seen();
  const ModuleLoadPaths ghost = load_paths_of(facts, "ghost");
  EXPECT_EQ(ghost.presence, Presence::unknown);
  EXPECT_EQ(load_state_of(ghost), LoadState::unknown);
  EXPECT_FALSE(ghost.denied);
  EXPECT_TRUE(ghost.unknown);
  EXPECT_EQ(ghost.position, AttackerPosition::unknown);
  EXPECT_EQ(load_paths_of(facts, "udf").presence, Presence::loadable);
}

TEST(PresenceOfAModule, OfALoadedOneIsNeverBuiltIn) {
  Facts facts = machine("");
  add_loaded(facts, "ghost");
  facts.trees.front().index->pop_back();
  facts.trees.front().builtin = not_seen();
  EXPECT_EQ(load_paths_of(facts, "ghost").presence, Presence::absent);
  facts.trees.front().index = not_seen();
  EXPECT_EQ(load_paths_of(facts, "ghost").presence, Presence::unknown);
}

TEST(Requests, SayThatAModuleMayBeInAListThatWasNotSeen) {
  Facts facts = machine("");
  const auto note_of = [&] {
    return LoadPaths(facts, facts.trees.front()).answer("no-such-alias").note;
  };
  EXPECT_EQ(note_of(), "no module answers to it");
  facts.trees.front().builtin = not_seen();
  EXPECT_EQ(note_of(), "no module that was seen answers to it");
}

TEST(ImageLoadPath, ADeviceAsksThere) {
  const LoadPathVerdict own = image_load_path(machine_with_image("", ""), "udf");
  EXPECT_EQ(own.outcome, LoadPathOutcome::loads);
  EXPECT_EQ(own.note, "/boot/initrd: a device asks for it there, by pci:v2*");
  const LoadPathVerdict needed = image_load_path(machine_with_image("", ""), "crc_itu_t");
  EXPECT_EQ(needed.note, "/boot/initrd: with udf: a device asks for it there, by pci:v2*");
}

TEST(ImageLoadPath, NothingElseDoesByItself) {
  const LoadPathVerdict load_path = image_load_path(machine_with_image("", ""), "isofs");
  EXPECT_EQ(load_path.outcome, LoadPathOutcome::impossible);
  EXPECT_EQ(load_path.note, "nothing is known to ask for it in /boot/initrd; what would: mount(2)");
  EXPECT_EQ(image_load_path(machine_with_image("", ""), "dummy").note,
            "nothing is known to ask for it in /boot/initrd");
}

TEST(ImageLoadPath, WhatNeedsAModuleThatTheImageLacksDoesNotComeIn) {
  Facts facts = machine_with_image("", "");
  InitramfsImage& image = facts.trees.front().initramfs_images->front();
  std::erase_if(image.modules, [](const ImageModule& one) { return one.name == "crc_itu_t"; });
  std::erase_if(image.index, [](const IndexEntry& one) { return one.name == "crc_itu_t"; });
  for (IndexEntry& entry : image.index) entry.depends.clear();  // As depmod leaves it there.
  EXPECT_EQ(image_load_path(facts, "udf").outcome, LoadPathOutcome::loads)
      << "another build may need less";
  for (ImageModule& module : image.modules) module.as_installed = true;
  const LoadPathVerdict load_path = image_load_path(facts, "udf");
  EXPECT_EQ(load_path.outcome, LoadPathOutcome::impossible);
  EXPECT_EQ(load_path.note, "it needs crc_itu_t, which /boot/initrd does not have");
}

TEST(ImageLoadPath, ASoftDependencyComesIn) {
  Facts facts = machine_with_image("", "softdep udf pre: isofs\n");
  EXPECT_EQ(image_load_path(facts, "isofs").outcome, LoadPathOutcome::loads);
}

TEST(ImageLoadPath, ARequestOfTheImageComesIn) {
  const LoadRequest request{"fs-isofs", "/etc/fstab", 3};
  const LoadPathVerdict load_path = image_load_path(machine_with_image("", "", {request}), "isofs");
  EXPECT_EQ(load_path.outcome, LoadPathOutcome::loads);
  EXPECT_EQ(load_path.decided_by, (DecidingLine{"/etc/fstab", 3, "fs-isofs"}));
}

TEST(ImageLoadPath, ARequestIsSaidBeforeADevice) {
  const LoadRequest request{"udf", "/boot/initrd:/conf/modules", 1, true};
  const Facts facts = machine_with_image("install udf /bin/false\n", "", {request});
  EXPECT_EQ(image_load_path(facts, "udf").note, "/boot/initrd: asked for there");
  EXPECT_EQ(load_paths_of(facts, "udf").position, AttackerPosition::physical);
}

TEST(ImageLoadPath, OnlyPlainModprobeLoadsWhatIsBlacklisted) {
  LoadRequest request{"isofs", "/boot/initrd:/conf/modules", 1};
  const std::string lines = "blacklist isofs\n";
  EXPECT_EQ(image_load_path(machine_with_image("", lines, {request}), "isofs").outcome,
            LoadPathOutcome::denied);
  request.past_blacklist = true;
  EXPECT_EQ(image_load_path(machine_with_image("", lines, {request}), "isofs").outcome,
            LoadPathOutcome::loads);
  request.name = "fs-isofs";
  EXPECT_EQ(image_load_path(machine_with_image("", lines, {request}), "isofs").outcome,
            LoadPathOutcome::denied);
}

TEST(ImageLoadPath, TheBlacklistDecidesBeforeAnInstallLine) {
  const std::string lines = "blacklist udf\ninstall udf /x; modprobe --ignore-install udf\n";
  const LoadPathVerdict load_path = image_load_path(machine_with_image("", lines), "udf");
  EXPECT_EQ(load_path.outcome, LoadPathOutcome::denied);
  EXPECT_EQ(load_path.decided_by->text, "blacklist udf");
}

TEST(ImageLoadPath, AnInstallLineDecidesAboutARequestByName) {
  const LoadRequest request{"udf", "/boot/initrd:/conf/modules", 1, true};
  const std::string lines = "blacklist udf\ninstall udf /bin/false\n";
  const LoadPathVerdict load_path =
      image_load_path(machine_with_image("", lines, {request}), "udf");
  EXPECT_EQ(load_path.outcome, LoadPathOutcome::denied);
  EXPECT_EQ(load_path.decided_by->text, "install udf /bin/false");
}

TEST(ImageLoadPath, ARequestCanPassOverTheLinesOfTheImage) {
  LoadRequest request{"udf", "/boot/initrd:/conf/modules", 1, true};
  const auto outcome = [&] {
    const std::string lines = "blacklist udf\ninstall udf /bin/false\n";
    return image_load_path(machine_with_image("", lines, {request}), "udf").outcome;
  };
  EXPECT_EQ(outcome(), LoadPathOutcome::denied);
  request.past_install = true;
  EXPECT_EQ(outcome(), LoadPathOutcome::loads);
  request.past_blacklist = false;
  EXPECT_EQ(outcome(), LoadPathOutcome::denied);
  request.configuration = {"/tmp/c"};
  EXPECT_EQ(outcome(), LoadPathOutcome::loads);
}

LoadPathOutcome outcome_of(const Facts& facts, const std::string& module, LoadPath load_path) {
  const ModuleLoadPaths load_paths = load_paths_of(facts, module);
  for (const LoadPathVerdict& verdict : load_paths.load_paths) {
    if (verdict.load_path == load_path) return verdict.outcome;
  }
  return LoadPathOutcome::impossible;
}

TEST(ByHand, RootsModprobeCanPassOverDenies) {
  Facts facts = machine("install udf /bin/false\nblacklist udf\n");
  facts.load->environment = {{"MODPROBE_OPTIONS=-qb", "/etc/environment", 1, false}};
  EXPECT_FALSE(load_paths_of(facts, "udf").load_paths.back().decided_by);
  facts.load->environment.push_back({"export MODPROBE_OPTIONS=-i", "/root/.bashrc", 3, true});
  const ModuleLoadPaths udf = load_paths_of(facts, "udf");
  EXPECT_TRUE(udf.denied);
  EXPECT_EQ(udf.load_paths.back().load_path, LoadPath::insmod);
  EXPECT_EQ(udf.load_paths.back().decided_by,
            (DecidingLine{"/root/.bashrc", 3, "export MODPROBE_OPTIONS=-i"}));
  const auto assumed = assumptions_of(*facts.load, facts.trees.front());
  ASSERT_FALSE(assumed.empty());
  EXPECT_TRUE(assumed.back().contains("/root/.bashrc:3"));
}

TEST(InstallProgram, WhetherItLoadsIsNotKnown) {
  const Facts facts = machine("install udf /usr/bin/decide\n");
  const ModuleLoadPaths udf = load_paths_of(facts, "udf");
  EXPECT_FALSE(udf.denied);
  EXPECT_TRUE(udf.unknown);
  EXPECT_EQ(outcome_of(facts, "udf", LoadPath::name), LoadPathOutcome::runs);
  EXPECT_EQ(outcome_of(facts, "udf", LoadPath::alias), LoadPathOutcome::runs);
  EXPECT_NE(udf.load_paths.front().note.find("/usr/bin/decide runs"), std::string::npos);
  EXPECT_EQ(udf.position, AttackerPosition::physical) << "who can have it run can have it loaded";
}

TEST(InstallProgram, WhatNeedsItsModuleHangsOnItToo) {
  const Facts facts = machine("install crc-itu-t /usr/bin/decide\n");
  EXPECT_EQ(outcome_of(facts, "udf", LoadPath::name), LoadPathOutcome::runs);
  EXPECT_EQ(outcome_of(facts, "crc_itu_t", LoadPath::dependency), LoadPathOutcome::runs);
}

TEST(InstallProgram, ABlacklistClosesTheAliasBeforeItRuns) {
  const Facts facts = machine("install udf /usr/bin/decide\nblacklist udf\n");
  EXPECT_EQ(outcome_of(facts, "udf", LoadPath::alias), LoadPathOutcome::denied);
  EXPECT_EQ(outcome_of(facts, "udf", LoadPath::name), LoadPathOutcome::runs);
}

TEST(InstallProgram, OneThatIsNotThereKeepsItOut) {
  Facts facts = machine("install udf /bin/false\r\n");
  facts.load->programs = {{.word = "/bin/false\r", .state = ProgramState::missing}};
  const ModuleLoadPaths udf = load_paths_of(facts, "udf");
  EXPECT_TRUE(udf.denied);
  EXPECT_NE(udf.load_paths.front().note.find("there is no /bin/false"), std::string::npos);
}

TEST(InstallProgram, InAnImage) {
  const Facts facts = machine_with_image("", "install udf /usr/bin/decide\n");
  EXPECT_EQ(image_load_path(facts, "udf").outcome, LoadPathOutcome::runs);
}

TEST(Loader, OneThatIsMissingAnswersNoRequestOfTheKernel) {
  Facts facts = machine("");
  for (const LoaderKind kind : {LoaderKind::missing, LoaderKind::none}) {
    facts.load->loader = {.kind = kind, .path = "/sbin/modprobe", .path_from = "default"};
    EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::alias), LoadPathOutcome::denied);
    EXPECT_EQ(outcome_of(facts, "udf", LoadPath::alias), LoadPathOutcome::loads) << "udev asks";
    EXPECT_EQ(LoadPaths(facts, facts.trees.front()).answer("fs-isofs").modules.front().outcome,
              LoadPathOutcome::denied);
  }
}

TEST(Loader, OneThatOthersMayCreateOrWriteIsNotKnownToLoadNothing) {
  Facts facts = machine("");
  for (const LoaderKind kind : {LoaderKind::missing, LoaderKind::none}) {
    facts.load->loader = {.kind = kind,
                          .path = "/tmp/mp",
                          .path_from = "default",
                          .owners = {{"/", 0755, 0, 0}, {"/tmp", 01777, 0, 0}}};
    EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::alias), LoadPathOutcome::runs);
    const RequestedModule module =
        LoadPaths(facts, facts.trees.front()).answer("fs-isofs").modules.front();
    EXPECT_EQ(module.outcome, LoadPathOutcome::runs);
    EXPECT_NE(module.note.find("others than root may write /tmp"), std::string::npos);
    EXPECT_EQ(load_paths_of(facts, "rds").position, AttackerPosition::local);
  }
}

TEST(Loader, WhatAProgramOfUnknownRulesDoesIsNotKnown) {
  Facts facts = machine("install isofs /bin/false\ninstall udf /bin/false\nblacklist udf\n");
  facts.load->loader = {.kind = LoaderKind::other, .path = "/opt/x", .path_from = "default"};
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::alias), LoadPathOutcome::runs);
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::runs);
  EXPECT_EQ(outcome_of(facts, "udf", LoadPath::alias), LoadPathOutcome::denied) << "udev asks";
  EXPECT_TRUE(load_paths_of(facts, "isofs").unknown);
}

Facts machine_of_busybox(std::string_view lines, std::string_view lines_of_busybox) {
  Facts facts = machine(lines);
  facts.load->loader = {
      .kind = LoaderKind::busybox, .path = "/sbin/modprobe", .path_from = "default"};
  facts.load->busybox_lines = parse_busybox_conf(lines_of_busybox, "/etc/modprobe.d/a.conf").lines;
  return facts;
}

TEST(Loader, BusyboxKnowsNoInstallLines) {
  const Facts facts =
      machine_of_busybox("install isofs /bin/false\n", "install isofs /bin/false\n");
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::loads);
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::alias), LoadPathOutcome::loads);
}

TEST(Loader, BusyboxBlacklistsAliasesAlone) {
  Facts facts = machine_of_busybox("blacklist isofs\n", "blacklist isofs\n");
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::loads);
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::alias), LoadPathOutcome::denied);
  facts.load->loader.knows_blacklist = false;
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::alias), LoadPathOutcome::loads);
}

TEST(Loader, BesideBusyboxLibkmodCountsWhereItIs) {
  Facts facts = machine_of_busybox("softdep isofs pre: rds\nblacklist rds\n", "blacklist rds\n");
  EXPECT_EQ(outcome_of(facts, "rds", LoadPath::softdep), LoadPathOutcome::impossible);
  facts.load->loader.libkmod = true;
  EXPECT_EQ(outcome_of(facts, "rds", LoadPath::softdep), LoadPathOutcome::loads);
}

TEST(Loader, TheSmallBusyboxReadsNoConfiguration) {
  Facts facts = machine_of_busybox("blacklist isofs\n", "blacklist isofs\n");
  facts.load->loader.kind = LoaderKind::busybox_small;
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::alias), LoadPathOutcome::loads);
}

TEST(Loader, AliasFilesCountByTheVersionOfKmod) {
  Facts facts = machine("");
  add_lines(facts, "install isofs /bin/false\n", "/etc/modprobe.d/x.alias");
  facts.load->loader = {.path = "/sbin/modprobe", .path_from = "default", .version = 32};
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::denied);
  facts.load->loader.version = 33;
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::loads);
  facts.load->loader.version = 0;
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::loads);
  EXPECT_FALSE(assumptions_of(*facts.load, facts.trees.front()).empty());
}

TEST(Loader, AnAliasFileOfAnUnknownVersionOpensWhatItOpens) {
  Facts facts = machine("install isofs /bin/false\n");
  add_lines(facts, "softdep isofs pre: rds\n", "/etc/modprobe.d/x.alias");
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::loads);
  facts.load->loader.version = 34;
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::denied);
}

TEST(IndexLines, CountLikeThoseOfModprobeD) {
  Facts facts = machine("");
  ModuleTree& tree = facts.trees.front();
  tree.index_lines = parse_modprobe_conf("install isofs /usr/bin/evil\nblacklist rds\n",
                                         "/lib/modules/6.1.0-test/modules.softdep")
                         .lines;
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::runs);
  EXPECT_EQ(outcome_of(facts, "rds", LoadPath::alias), LoadPathOutcome::denied);
  tree.index_lines =
      parse_modprobe_conf("install isofs /bin/false\n", "/lib/modules/6.1.0-test/modules.weakdep")
          .lines;
  facts.load->loader.version = 32;
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::loads);
  facts.load->loader.version = 33;
  EXPECT_EQ(outcome_of(facts, "isofs", LoadPath::name), LoadPathOutcome::denied);
}

/// Adds "crc_itu_t", which "udf" needs, as a file that is in order, to a kernel that insists on no
/// signatures.
Facts with_files(Facts facts) {
  ModuleFile file = facts.trees.front().files->front();
  file.name = "crc_itu_t";
  file.path = facts.trees.front().folder + "/kernel/crc-itu-t.ko";
  facts.trees.front().files->push_back(std::move(file));
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = Lockdown::none;
  return facts;
}

TEST(ModuleFileInTheWay, OneThatIsDamagedIsRefusedWithAllThatNeedsIt) {
  Facts facts = with_files(machine(""));
  EXPECT_FALSE(load_paths_of(facts, "udf").denied);
  file_of(facts, "crc_itu_t").content = failure(ErrorKind::malformed, "", "cut short");
  for (const char* module : {"crc_itu_t", "udf"}) {
    const ModuleLoadPaths load_paths = load_paths_of(facts, module);
    EXPECT_TRUE(load_paths.denied) << module;
    EXPECT_TRUE(load_paths.load_paths.front().note.ends_with("its file is damaged: cut short"));
  }
  file_of(facts, "crc_itu_t").content = not_seen();
  EXPECT_FALSE(load_paths_of(facts, "udf").denied) << "what was not read proves nothing";
}

TEST(ModuleFileInTheWay, OneThatWasAlteredIsRefusedWithoutEnforcement) {
  Facts facts = with_files(machine(""));
  file_of(facts, "crc_itu_t").signature->checks.front().outcome = SignerOutcome::bad;
  EXPECT_TRUE(load_paths_of(facts, "udf").denied);
  facts.live = false;
  facts.trees.front().config = KernelConfig{{"CONFIG_MODULE_SIG", "y"}};
  EXPECT_TRUE(load_paths_of(facts, "udf").denied) << "and where no kernel runs";
}

TEST(ModuleFileInTheWay, OfSeveralOfOneNameTheIndexedOneDecides) {
  Facts facts = with_files(machine(""));
  ModuleFile other = file_of(facts, "crc_itu_t");
  other.path = facts.trees.front().folder + "/extra/crc-itu-t.ko";
  other.content = failure(ErrorKind::malformed, "", "cut short");
  auto& files = *facts.trees.front().files;
  files.insert(files.begin(), other);
  EXPECT_FALSE(load_paths_of(facts, "udf").denied);
}

TEST(ModuleFileInTheWay, TheCopyInAnImageMayBeWhole) {
  Facts facts = with_files(machine_with_image("", ""));
  const auto in_image = [&] {
    const ModuleLoadPaths load_paths = load_paths_of(facts, "udf");
    return std::ranges::find(load_paths.load_paths, LoadPath::initramfs,
                             &LoadPathVerdict::load_path)
        ->outcome;
  };
  file_of(facts, "crc_itu_t").signature->checks.front().outcome = SignerOutcome::bad;
  EXPECT_EQ(in_image(), LoadPathOutcome::loads);
  file_of(facts, "crc_itu_t").signature = Signature{};
  facts.kernel.sig_enforce = true;
  EXPECT_NE(in_image(), LoadPathOutcome::loads) << "what was never signed is not signed there";
}

}  // namespace
}  // namespace kmodsec::test
