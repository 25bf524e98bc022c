// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/requests.hpp"

#include <gtest/gtest.h>

#include "analyze/loading/load_paths.hpp"
#include "format/loading/modprobe_conf.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

constexpr std::string_view other_file = "/tmp/c/a.conf";

LoadPathVerdict at_boot(std::string_view lines, const LoadRequest& request,
                        const std::string& module = "udf", std::string_view other_lines = "") {
  Facts facts = machine_with_lines(lines);
  facts.load->at_boot = {request};
  facts.load->other_lines = parse_modprobe_conf(other_lines, std::string(other_file)).lines;
  const LoadPaths load_paths(facts, facts.trees.front());
  for (LoadPathVerdict& verdict : load_paths.of(module).load_paths) {
    if (verdict.load_path == LoadPath::boot) return verdict;
  }
  return {};
}

/// By a unit that runs plain modprobe.
LoadRequest asked_for(std::string name) {
  return {.name = std::move(name),
          .source = "/etc/systemd/system/a.service",
          .line = 2,
          .past_blacklist = true,
          .by = "a.service"};
}

TEST(BootRequests, PassOverTheirOwnInstallLineAlone) {
  const std::string lines = "install udf /bin/false\nblacklist udf\n";
  LoadRequest request = asked_for("udf");
  EXPECT_EQ(at_boot(lines, request).outcome, LoadPathOutcome::denied);
  request.past_install = true;
  const LoadPathVerdict verdict = at_boot(lines, request);
  EXPECT_EQ(verdict.outcome, LoadPathOutcome::loads);
  EXPECT_EQ(verdict.decided_by, (DecidingLine{"/etc/systemd/system/a.service", 2, "udf"}));
  EXPECT_EQ(verdict.note,
            "asked for at boot by a.service: --ignore-install passes over its install line");
  EXPECT_EQ(at_boot("install crc_itu_t /bin/false\n", request).outcome, LoadPathOutcome::denied);
  EXPECT_EQ(at_boot("softdep udf pre: isofs\n", request, "isofs").outcome,
            LoadPathOutcome::impossible);
  request.past_blacklist = false;
  EXPECT_EQ(at_boot(lines, request).outcome, LoadPathOutcome::denied);
}

TEST(BootRequests, ByAnAliasObeyTheBlacklist) {
  LoadRequest request = asked_for("fs-isofs");
  request.past_install = true;
  EXPECT_EQ(at_boot("install isofs /bin/false\n", request, "isofs").outcome,
            LoadPathOutcome::loads);
  EXPECT_EQ(at_boot("blacklist isofs\n", request, "isofs").outcome, LoadPathOutcome::denied);
}

TEST(BootRequests, ReadTheConfigurationThatTheyName) {
  const std::string lines = "install udf /bin/false\n";
  LoadRequest request = asked_for("udf");
  request.configuration = {"/tmp/c"};
  const LoadPathVerdict verdict = at_boot(lines, request);
  EXPECT_EQ(verdict.outcome, LoadPathOutcome::loads);
  EXPECT_EQ(verdict.note,
            "asked for at boot by a.service: --config reads /tmp/c instead of modprobe.d");
  EXPECT_EQ(at_boot("", request, "udf", lines).outcome, LoadPathOutcome::denied);
  request.configuration = {"/tmp"};
  EXPECT_EQ(at_boot("", request, "udf", lines).outcome, LoadPathOutcome::loads);
  request.configuration = {"/tmp", std::string(other_file)};
  EXPECT_EQ(at_boot("", request, "udf", lines).outcome, LoadPathOutcome::denied);
  request.past_install = true;
  EXPECT_EQ(at_boot("", request, "udf", lines).outcome, LoadPathOutcome::loads);
}

TEST(BootRequests, ByInsmodAskNoModprobe) {
  LoadRequest request = asked_for("udf");
  request.past_modprobe = true;
  const std::string lines = "install udf /bin/false\nblacklist udf\n";
  EXPECT_EQ(at_boot(lines, request).outcome, LoadPathOutcome::loads);
  EXPECT_EQ(at_boot(lines, request).note,
            "asked for at boot by a.service: insmod reads no configuration of modprobe");
  EXPECT_EQ(at_boot("", request, "crc_itu_t").outcome, LoadPathOutcome::impossible);
}

TEST(BootRequests, BusyboxRefusesOptionsOfKmod) {
  Facts facts = machine_with_lines("");
  facts.load->loader.kind = LoaderKind::busybox;
  LoadRequest request = asked_for("udf");
  request.past_install = true;
  const auto outcome = [&] {
    facts.load->at_boot = {request};
    return LoadPaths(facts, facts.trees.front()).of("udf").load_paths[4].outcome;
  };
  EXPECT_EQ(outcome(), LoadPathOutcome::loads) << "it reads no MODPROBE_OPTIONS";
  request.only_kmod = true;
  EXPECT_EQ(outcome(), LoadPathOutcome::denied);
}

TEST(BootRequests, ManyConfigurationsDenyNothingAtTheEnd) {
  Facts facts = machine_with_lines("install udf /bin/false\n");
  LoadRequest request = asked_for("udf");
  facts.load->other_lines =
      parse_modprobe_conf("install udf /bin/false\n", std::string(other_file)).lines;
  for (int i = 0; i < 20; ++i) {
    request.configuration = {"/tmp/c", "/x" + std::to_string(i)};
    facts.load->at_boot.push_back(request);
  }
  const LoadPaths load_paths(facts, facts.trees.front());
  EXPECT_EQ(load_paths.of("udf").load_paths[4].outcome, LoadPathOutcome::loads);
}

}  // namespace
}  // namespace kmodsec::test
