// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/install_command.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmodsec {
namespace {

TEST(InstallCommand, KnowsTheProgramsThatDoNothing) {
  for (const std::string_view command : {"/bin/false", "/usr/bin/false", "false", "exit 1",
                                         "/bin/false # CIS 1.1.1.1", "/bin/false \t"})
    EXPECT_EQ(effect_of_command(command), CommandEffect::fails) << command;
  for (const std::string_view command : {"/bin/true", "true", ":", "exit 0", "/usr/bin/true x"})
    EXPECT_EQ(effect_of_command(command), CommandEffect::pretends) << command;
}

TEST(InstallCommand, KnowsTheProgramsOfOtherSystemsAndTheShell) {
  for (const std::string_view command :
       {"/run/current-system/sw/bin/false", "/nix/store/a1-coreutils-9.5/bin/false",
        "/gnu/store/a1-coreutils-9.1/bin/false", "/bin/busybox false", "busybox false x",
        "exec /bin/false", "exit 3 x", "exit 255"})
    EXPECT_EQ(effect_of_command(command), CommandEffect::fails) << command;
  for (const std::string_view command : {"/run/current-system/sw/bin/true", "/usr/bin/busybox true",
                                         "exit", "exit 256", "", " ", "# nothing", ": x"})
    EXPECT_EQ(effect_of_command(command), CommandEffect::pretends) << command;
}

TEST(InstallCommand, GuessesNothingOfTheRest) {
  for (const std::string_view command :
       {"/sbin/modprobe -i x", "/bin/false; insmod x", "/bin/true && modprobe -i x", "`cat /x`",
        "/tmp/false", "/bin/false\\;x", "/bin/false\r", "exit x", "! /bin/true", "/bin/fals?",
        "PATH=/tmp false", "/nix/store/../bin/false", "/nix/store/x/../../tmp/bin/false",
        "/usr/local/bin/false", "{ false", "busybox x false"})
    EXPECT_EQ(effect_of_command(command), CommandEffect::unknown) << command;
}

ConfigLine install_line(const std::string& command) {
  return {.directive = Directive::install, .name = "snd_x", .argument = command};
}

CommandEffect effect_with(const std::string& command, const std::vector<InstallProgram>& programs) {
  return outcome_of_command(install_line(command), programs).effect;
}

using Names = std::vector<std::string>;

TEST(InstallCommand, AsksForWhatItHasModprobeLoad) {
  EXPECT_EQ(requests_of_command("modprobe b"), Names{"b"});
  EXPECT_EQ(requests_of_command("/sbin/modprobe --ignore-install snd $CMDLINE_OPTS && { "
                                "/sbin/modprobe --quiet --use-blacklist snd-ioctl32 ; : ; }"),
            (Names{"snd", "snd-ioctl32"}));
  EXPECT_EQ(requests_of_command("modprobe -qab b c; exec modprobe 'd' x=1 y"),
            (Names{"b", "c", "d"}));
  EXPECT_EQ(requests_of_command("/usr/bin/logger x; modprobe -C /etc/x b || modprobe c"),
            (Names{"b", "c"}));
  EXPECT_EQ(requests_of_command("modprobe -C/etc/other.conf b; modprobe -qw 500 c"),
            (Names{"b", "c"}));
  EXPECT_EQ(requests_of_command("modprobe --wait 500 b; modprobe --wait=500 c"), (Names{"b", "c"}));
  EXPECT_EQ(requests_of_command("modprobe --ignore-inst b; modprobe -q -- c; modprobe --sh d"),
            (Names{"b", "c"}));
  EXPECT_EQ(requests_of_command("modprobe $OPTIONS b x=1"), Names{"b"});
}

TEST(InstallCommand, AsksForNothingWithoutModprobe) {
  for (const std::string_view command :
       {"/bin/false", "", "modprobe", "modprobe -r b", "modprobe --remove b", "modprobe -nv b",
        "modprobe --show-depends b", "modprobe $b", "/opt/modprobe b", "echo modprobe b",
        "modprobe -C", "rmmod b"})
    EXPECT_EQ(requests_of_command(command), Names{}) << command;
}

TEST(InstallCommand, AProgramThatIsNotThereFails) {
  const std::vector<InstallProgram> programs = {
      {.word = "/bin/false\r", .state = ProgramState::missing},
      {.word = "/opt/x", .state = ProgramState::unseen}};
  EXPECT_EQ(effect_with("/bin/false\r", programs), CommandEffect::missing);
  EXPECT_EQ(effect_with("/bin/false\r || insmod x", programs), CommandEffect::unknown);
  EXPECT_EQ(effect_with("/opt/x", programs), CommandEffect::unknown);
  EXPECT_EQ(effect_with("/opt/y", programs), CommandEffect::unknown);
}

TEST(InstallCommand, ModprobeThatPassesOverTheLineLoads) {
  for (const std::string command :
       {"/usr/lib/module-init-tools/unblacklist snd-x; /sbin/modprobe --ignore-install snd-x",
        "/sbin/modprobe --ignore-install snd-x && /sbin/modprobe y",
        "modprobe -q -i snd_x $CMDLINE_OPTS"})
    EXPECT_EQ(effect_with(command, {}), CommandEffect::loads) << command;
  for (const std::string command :
       {"/sbin/modprobe -i snd-y", "/sbin/modprobe snd-x", "/sbin/modprobe -n -i snd-x",
        "x; /sbin/modprobe -i snd_x", "/usr/bin/x && /sbin/modprobe -i snd_x",
        "exit 1; /sbin/modprobe -i snd_x"})
    EXPECT_EQ(effect_with(command, {}), CommandEffect::unknown) << command;
}

TEST(InstallCommand, AProgramOfTheListDeniesWhereOnlyRootMayWriteIt) {
  const std::string program = "/usr/bin/disabled-network-by-security-misc";
  InstallProgram there{.word = program,
                       .state = ProgramState::present,
                       .owners = {{"/usr/bin", 0755, 0, 0}, {program, 0755, 0, 0}},
                       .owners_seen = true};
  EXPECT_EQ(effect_with(program, {there}), CommandEffect::fails);
  EXPECT_EQ(effect_with(program + " || true", {there}), CommandEffect::unknown);
  there.owners.back().mode = 0775;
  there.owners.back().gid = 1000;
  EXPECT_EQ(effect_with(program, {there}), CommandEffect::unknown);
  there.owners_seen = false;
  EXPECT_EQ(effect_with(program, {there}), CommandEffect::unknown);
  EXPECT_EQ(effect_with(program, {}), CommandEffect::unknown);
  there.state = ProgramState::missing;
  EXPECT_EQ(effect_with(program, {there}), CommandEffect::unknown) << "others may create it";
  there.owners = {{"/usr/bin", 0755, 0, 0}};
  EXPECT_EQ(effect_with(program, {there}), CommandEffect::missing);
}

InstallProgram program_of_coreutils(const std::string& word) {
  return {.word = word,
          .state = ProgramState::present,
          .owners = {{"/usr/bin", 0755, 0, 0}, {"/usr/bin/false", 0755, 0, 0}},
          .owners_seen = true,
          .path = "/usr/bin/false",
          .package = PackageClaim{"coreutils", "9.1-1", PackageLevel::db_match}};
}

TEST(InstallCommand, AProgramThatMayBeAnotherDeniesNothing) {
  const std::string word = "/bin/false";
  EXPECT_EQ(effect_with(word, {program_of_coreutils(word)}), CommandEffect::fails);

  InstallProgram open = program_of_coreutils(word);
  open.owners.back().mode = 0777;
  EXPECT_EQ(effect_with(word, {open}), CommandEffect::unknown);
  EXPECT_EQ(outcome_of_command(install_line(word), {open}).why,
            "it would deny, but others than root may write /usr/bin/false");

  InstallProgram replaced = program_of_coreutils(word);
  replaced.package->level = PackageLevel::mismatch;
  EXPECT_EQ(outcome_of_command(install_line("exec /bin/false # CIS"), {replaced}).why,
            "it would deny, but /usr/bin/false is not what the package coreutils installed");
  replaced.package->level = PackageLevel::unowned;
  EXPECT_EQ(effect_with(word, {replaced}), CommandEffect::unknown);
}

TEST(InstallCommand, AProgramThatOthersMayCreateDeniesNothing) {
  const InstallProgram gone{.word = "/tmp/x",
                            .state = ProgramState::missing,
                            .owners = {{"/", 0755, 0, 0}, {"/tmp", 01777, 0, 0}},
                            .owners_seen = true};
  const CommandOutcome outcome = outcome_of_command(install_line("/tmp/x"), {gone});
  EXPECT_EQ(outcome.effect, CommandEffect::unknown);
  EXPECT_EQ(outcome.why, "it is not there, but others than root may write /tmp and create it");

  InstallProgram denies = gone;
  denies.word = "/usr/bin/false";
  denies.owners = {{"/", 0755, 0, 0}, {"/usr", 0777, 0, 0}};
  for (const ProgramState state : {ProgramState::missing, ProgramState::unseen}) {
    denies.state = state;
    EXPECT_EQ(effect_with("/usr/bin/false", {denies}), CommandEffect::unknown);
  }
  denies.owners.back().mode = 0755;
  EXPECT_EQ(effect_with("/usr/bin/false", {denies}), CommandEffect::fails);
}

TEST(InstallCommand, WhatWasNotSeenOfAProgramIsNoDoubt) {
  const std::string word = "/bin/false";
  InstallProgram program = program_of_coreutils(word);
  program.package = failure(ErrorKind::unsupported, "/var/lib/dpkg/status", "no database");
  program.owners.clear();
  EXPECT_EQ(effect_with(word, {program}), CommandEffect::fails);
  program.state = ProgramState::unseen;
  EXPECT_EQ(effect_with(word, {program}), CommandEffect::fails);
}

TEST(InstallCommand, ADatabaseThatMayNotBeTrustedIsADoubt) {
  const std::string word = "/bin/false";
  InstallProgram program = program_of_coreutils(word);
  program.package = failure(ErrorKind::denied, "/var/lib/dpkg/status", "others may write it");
  EXPECT_EQ(outcome_of_command(install_line(word), {program}).why,
            "it would deny, but whether /usr/bin/false is what its package installed could not be "
            "seen (others may write it)");
}

TEST(InstallCommand, AWordOfTheShellIsNoProgram) {
  for (const std::string word : {"false", "true", "exit", ":"}) {
    InstallProgram program = program_of_coreutils(word);
    program.owners.back().mode = 0777;
    EXPECT_NE(effect_with(word, {program}), CommandEffect::unknown) << word;
  }
  InstallProgram busybox = program_of_coreutils("busybox");
  busybox.owners.back().mode = 0777;
  EXPECT_EQ(effect_with("busybox false", {busybox}), CommandEffect::unknown);
}

}  // namespace
}  // namespace kmodsec
