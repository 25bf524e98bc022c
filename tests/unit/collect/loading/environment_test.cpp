// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/environment.hpp"

#include <gmock/gmock.h>

#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

LoadConfig environment_of(const Root& root, std::string_view command_line = "",
                          InitSystem init = InitSystem::systemd) {
  LoadConfig config;
  config.init.system = init;
  read_environment(root, command_line, config);
  return config;
}

/// "PATH:LINE", with `!` where denies do not count.
std::vector<std::string> setters(const LoadConfig& config) {
  std::vector<std::string> found;
  for (const EnvironmentLine& line : config.environment)
    found.push_back(line.source + ":" + std::to_string(line.line) + (line.past_denies ? "!" : ""));
  return found;
}

TEST(Environment, IsOfLoginsServicesAndJobs) {
  for (const std::string path :
       {"/etc/environment", "/etc/environment.d/a.conf", "/usr/lib/environment.d/a.conf",
        "/etc/bash.bashrc", "/etc/profile.d/a.sh", "/etc/security/pam_env.conf",
        "/etc/default/locale", "/etc/crontab", "/etc/cron.d/a", "/etc/systemd/system.conf",
        "/run/systemd/system.conf.d/a.conf", "/etc/systemd/user.conf.d/a.conf",
        "/root/.bash_profile", "/var/spool/cron/crontabs/root"}) {
    MemoryRoot root;
    root.add_file(path, "# MODPROBE_OPTIONS=-b\nMODPROBE_OPTIONS=-i\n");
    EXPECT_THAT(setters(environment_of(root)), ElementsAre(path + ":2!"));
  }
}

TEST(Environment, IsOfEveryUnitAndItsDropIns) {
  const std::string line = "[Service]\nEnvironment=MODPROBE_OPTIONS=-i\n";
  for (const std::string path :
       {"/usr/lib/systemd/system/idle.service", "/run/systemd/system/a@.socket",
        "/etc/systemd/system/a.service.d/a.conf", "/usr/lib/systemd/system/service.d/a.conf",
        "/usr/local/lib/systemd/system/a.timer"}) {
    MemoryRoot root;
    root.add_file(path, line);
    EXPECT_THAT(setters(environment_of(root)), ElementsAre(path + ":2!"));
  }
  MemoryRoot root;
  root.add_file("/usr/lib/systemd/system/a.service", line);
  root.add_link("/etc/systemd/system/b.service", "/usr/lib/systemd/system/a.service");
  root.add_file("/etc/systemd/system/README", line);
  EXPECT_THAT(setters(environment_of(root)), ElementsAre("/usr/lib/systemd/system/a.service:2!"));
}

TEST(Environment, IsSeenInDisguise) {
  MemoryRoot root;
  root.add_file("/etc/systemd/system/a.service", "[Service]\nEnvironment='MODPROBE_'OPTIONS=-i\n");
  EXPECT_THAT(setters(environment_of(root)), ElementsAre("/etc/systemd/system/a.service:2!"));
}

TEST(Environment, IsOfTheFilesThatUnitsName) {
  MemoryRoot root;
  root.add_file("/etc/systemd/system/a.service",
                "[Service]\nEnvironmentFile=-/srv/a\nEnvironmentFile=/srv/%i\n");
  EXPECT_THAT(setters(environment_of(root)), IsEmpty());
  root.add_file("/srv/a", "MODPROBE_OPTIONS=-q\n");
  EXPECT_THAT(setters(environment_of(root)), ElementsAre("/srv/a:1"));
}

TEST(Environment, IsOfTheCommandLineWhereInitHandsItOn) {
  const MemoryRoot root;
  constexpr std::string_view line = "quiet MODPROBE_OPTIONS=-i";
  EXPECT_THAT(setters(environment_of(root, line)), IsEmpty());
  EXPECT_THAT(setters(environment_of(root, line, InitSystem::sysvinit)),
              ElementsAre("/proc/cmdline:1!"));
}

TEST(Environment, WhatCannotBeReadIsAGap) {
  MemoryRoot root;
  add_whole_installation(root);
  root.add_file("/etc/systemd/system/a.service", "[Service]\nEnvironmentFile=/srv/a\n");
  root.add_file("/srv/a", "");
  for (const std::string path : {"/etc/crontab", "/etc/systemd/system/a.service", "/srv/a",
                                 "/etc/profile.d", "/usr/lib/systemd/system"}) {
    FaultyRoot faulty(root);
    faulty.fail_on(path, ErrorKind::denied);
    const LoadConfig config = environment_of(faulty);
    ASSERT_EQ(config.unseen.size(), 1U) << path;
    EXPECT_EQ(config.unseen[0].what, path);
  }
}

}  // namespace
}  // namespace kmodsec::test
