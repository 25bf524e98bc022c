// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/kmod_command.hpp"

#include <gmock/gmock.h>

#include "format/auditd/auditd_conf.hpp"

namespace kmodsec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> targets(const std::vector<std::string>& arguments) {
  return parse_kmod_command(arguments).targets;
}

TEST(KmodCommand, TakesParametersForParameters) {
  EXPECT_THAT(targets({"modprobe", "dummy", "numdummies=2"}), ElementsAre("dummy"));
  EXPECT_THAT(targets({"/sbin/insmod", "-f", "/tmp/a.ko", "x=1"}), ElementsAre("/tmp/a.ko"));
  EXPECT_THAT(targets({"kmod", "insmod", "a.ko"}), ElementsAre("a.ko"));
}

TEST(KmodCommand, TakesManyWhereThereAreMany) {
  EXPECT_THAT(targets({"rmmod", "a", "b"}), ElementsAre("a", "b"));
  EXPECT_THAT(targets({"modprobe", "-qa", "a", "b"}), ElementsAre("a", "b"));
  EXPECT_THAT(targets({"modprobe", "-r", "a", "b"}), ElementsAre("a", "b"));
}

TEST(KmodCommand, SkipsValuesOfOptions) {
  EXPECT_THAT(targets({"modprobe", "-C", "/etc", "-d", "/x", "a"}), ElementsAre("a"));
  EXPECT_THAT(targets({"modprobe", "-q", "--", "-odd"}), ElementsAre("-odd"));
}

TEST(KmodCommand, KnowsOptionsAsGetoptDoes) {
  const auto ignores = [](std::vector<std::string> words) {
    const KmodCommand command = parse_kmod_command(words);
    return command.inserts && command.ignores_install;
  };
  EXPECT_TRUE(ignores({"modprobe", "-qai", "a"}));
  EXPECT_TRUE(ignores({"modprobe", "a", "-i"}));
  EXPECT_TRUE(ignores({"modprobe", "--ignore", "a"}));
  EXPECT_TRUE(ignores({"modprobe", "--ignore-r", "a"}));
  EXPECT_FALSE(ignores({"modprobe", "--", "a", "-i"}));
  EXPECT_FALSE(ignores({"modprobe", "--i=x", "a"}));
  EXPECT_FALSE(ignores({"modprobe", "-iZ", "a"}));
  EXPECT_FALSE(ignores({"modprobe", "-i"}));
}

TEST(KmodCommand, KnowsWhichConfigurationIsRead) {
  const auto read = [](std::vector<std::string> words) {
    return parse_kmod_command(words).configuration;
  };
  EXPECT_THAT(read({"modprobe", "-aC", "/x", "a"}), ElementsAre("/x"));
  EXPECT_THAT(read({"modprobe", "-C/x", "--con=/y", "--config", "/z", "a"}),
              ElementsAre("/x", "/y", "/z"));
  EXPECT_THAT(read({"modprobe", "-d-C", "a"}), IsEmpty());
}

TEST(KmodCommand, InsertsOrNot) {
  const auto inserts = [](std::vector<std::string> words) {
    return parse_kmod_command(words).inserts;
  };
  EXPECT_TRUE(inserts({"busybox", "modprobe", "a"}));
  EXPECT_TRUE(inserts({"insmod", "a.ko"}));
  for (const std::string option : {"-r", "-n", "-D", "-c", "-R", "-V", "--show", "--show-a",
                                   "--remove-h", "--sh", "--rem", "--unheard-of", "-Z"})
    EXPECT_FALSE(inserts({"modprobe", option, "a"})) << option;
  EXPECT_FALSE(inserts({"rmmod", "a"}));
}

TEST(KmodCommand, TakesTheVariableApart) {
  EXPECT_THAT(modprobe_options_in("-q  -i"), ElementsAre("-q", "-i"));
  EXPECT_THAT(modprobe_options_in("-C '/a b' \"-i\""), ElementsAre("-C", "/a b", "-i"));
  EXPECT_TRUE(passes_over_denies({"-C", "/x"}));
  EXPECT_TRUE(passes_over_denies({"-qi"}));
  EXPECT_FALSE(passes_over_denies({"-qb"}));
}

TEST(KmodCommand, IsNoOther) {
  EXPECT_THAT(targets({"lsmod"}), IsEmpty());
  EXPECT_THAT(targets({"kmod"}), IsEmpty());
  EXPECT_THAT(targets({}), IsEmpty());
  EXPECT_TRUE(parse_kmod_command({"sh", "modprobe"}).applet.empty());
}

TEST(KmodCommand, KnowsTheKernels) {
  EXPECT_TRUE(is_kernel_helper({"/sbin/modprobe", "-q", "--", "net-pf-10"}));
  EXPECT_FALSE(is_kernel_helper({"/sbin/modprobe", "-q", "net-pf-10"}));
}

TEST(AuditdConf, NamesTheLog) {
  EXPECT_EQ(audit_log_path("# a\nlog_file = /srv/audit.log\nnum_logs = 5\n"), "/srv/audit.log");
  EXPECT_EQ(audit_log_path("log_group = adm\n"), "");
  EXPECT_EQ(no_audit_log("log_format = ENRICHED\nwrite_logs = yes\n"), "");
  EXPECT_EQ(no_audit_log("Log_Format = nolog\n"), "log_format = NOLOG");
  EXPECT_EQ(no_audit_log("write_logs = NO\n"), "write_logs = no");
}

}  // namespace
}  // namespace kmodsec
