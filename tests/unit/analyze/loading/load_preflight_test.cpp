// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/load_preflight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The machine of `machine_with_lines`, with nothing loaded, and files of udf and what it
/// needs.
Facts loading_machine(std::string_view lines = "") {
  Facts facts = machine_with_lines(lines);
  for (const char* name : {"udf", "crc_itu_t", "isofs"}) add_loaded(facts, name);
  facts.loaded = std::vector<LoadedModule>{};
  file_of(facts, "udf").content->info.push_back({"parmtype", "level:int"});
  return facts;
}

LoadedModule& mark_loaded(Facts& facts, const std::string& name) {
  return facts.loaded->emplace_back(LoadedModule{.name = name, .refcount = 0, .state = "Live"});
}

std::vector<std::string> steps_of(const LoadPreflight& preflight) {
  std::vector<std::string> modules;
  for (const LoadStep& step : preflight.steps) modules.push_back(step.module);
  return modules;
}

TEST(LoadPreflight, WhatIsNeededComesFirst) {
  const LoadPreflight preflight = preflight_load(loading_machine(), "udf", "level=2");
  EXPECT_EQ(preflight.outcome, LoadOutcome::loads);
  EXPECT_THAT(steps_of(preflight), ElementsAre("crc_itu_t", "udf"));
  EXPECT_EQ(preflight.steps[1].options, "level=2");
  EXPECT_EQ(preflight.steps[0].options, "");
  EXPECT_EQ(preflight.steps[1].signature.status, SignatureStatus::valid);
  EXPECT_THAT(preflight.unseen, IsEmpty());
}

TEST(LoadPreflight, WhatIsLoadedIsLeftOut) {
  Facts facts = loading_machine("install crc_itu_t /bin/false\n");
  EXPECT_EQ(preflight_load(facts, "udf", "").outcome, LoadOutcome::refused);
  mark_loaded(facts, "crc_itu_t");
  EXPECT_THAT(steps_of(preflight_load(facts, "udf", "")), ElementsAre("udf"));
}

TEST(LoadPreflight, AMalformedSignatureIsRefusedWhereNoneIsAskedFor) {
  Facts facts = loading_machine();
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = Lockdown::none;
  Signature& signature = *file_of(facts, "udf").signature;
  signature = {.form = SignatureForm::malformed, .reason = "why (EBADMSG)"};
  signature.error = KernelErrno::ebadmsg;
  const LoadPreflight preflight = preflight_load(facts, "udf", "");
  EXPECT_EQ(preflight.outcome, LoadOutcome::refused);
  EXPECT_THAT(preflight.reason, HasSubstr("even where it asks for none: why (EBADMSG)"));
  signature.error = KernelErrno::enopkg;
  EXPECT_EQ(preflight_load(facts, "udf", "").outcome, LoadOutcome::loads);
  signature.error = KernelErrno::ebadmsg;
  facts.kernel.config = KernelConfig{{"CONFIG_MODULES", "y"}};
  EXPECT_EQ(preflight_load(facts, "udf", "").outcome, LoadOutcome::loads)
      << "a kernel that looks at no signature";
}

TEST(LoadPreflight, WhatTheKernelItselfCannotUnpackIsTold) {
  Facts facts = loading_machine();
  ModuleFile& file = file_of(facts, "udf");
  file.compression = "xz";
  file.kernel_cannot_unpack = "no such check";
  facts.kernel.module_compression = "zstd";
  EXPECT_THAT(preflight_load(facts, "udf", "").unseen, IsEmpty());
  facts.kernel.module_compression = "xz";
  EXPECT_EQ(preflight_load(facts, "udf", "").unseen.size(), 1U);
}

TEST(LoadPreflight, ADenyNamesItsLine) {
  const LoadPreflight preflight =
      preflight_load(loading_machine("# no\ninstall udf /bin/false\n"), "udf", "");
  EXPECT_EQ(preflight.outcome, LoadOutcome::refused);
  EXPECT_EQ(preflight.decided_by,
            (DecidingLine{"/etc/modprobe.d/a.conf", 2, "install udf /bin/false"}));
  EXPECT_THAT(preflight.steps, IsEmpty());
}

TEST(LoadPreflight, ABlacklistCountsForAliasesAlone) {
  const Facts facts = loading_machine("blacklist isofs\n");
  EXPECT_EQ(preflight_load(facts, "isofs", "").outcome, LoadOutcome::loads);
  const LoadPreflight preflight = preflight_load(facts, "fs-isofs", "");
  EXPECT_EQ(preflight.outcome, LoadOutcome::refused);
  EXPECT_EQ(preflight.decided_by->text, "blacklist isofs");
  EXPECT_EQ(preflight_load(loading_machine(), "fs-isofs", "").module, "isofs");
}

TEST(LoadPreflight, CommandsAreNotRun) {
  const LoadPreflight preflight =
      preflight_load(loading_machine("install crc_itu_t /usr/bin/logger hello\n"), "udf", "");
  EXPECT_EQ(preflight.outcome, LoadOutcome::refused);
  EXPECT_THAT(preflight.reason, HasSubstr("use modprobe"));
  EXPECT_EQ(preflight.decided_by->line, 1U);
}

TEST(LoadPreflight, AParameterThatIsNotThereIsRefused) {
  const LoadPreflight given = preflight_load(loading_machine(), "udf", "levl=2 dyndbg=+p");
  EXPECT_EQ(given.outcome, LoadOutcome::refused);
  EXPECT_EQ(given.reason, "it has no parameter levl; did you mean level?");
  EXPECT_EQ(given.decided_by, std::nullopt);
  EXPECT_TRUE(given.parameters[1].known.value());
  const LoadPreflight configured =
      preflight_load(loading_machine("options udf level=1\noptions crc_itu_t x=1\n"), "udf", "");
  EXPECT_EQ(configured.reason, "it needs crc_itu_t, which has no parameter x");
  EXPECT_EQ(configured.decided_by->line, 2U);
}

TEST(LoadPreflight, ConfiguredOptionsComeBeforeGivenOnes) {
  const LoadPreflight preflight =
      preflight_load(loading_machine("options udf level=1\n"), "udf", "level=2");
  EXPECT_EQ(preflight.steps.back().options, "level=1 level=2");
}

TEST(LoadPreflight, ParametersAreTooLateForWhatIsThere) {
  Facts facts = loading_machine();
  mark_loaded(facts, "udf");
  EXPECT_EQ(preflight_load(facts, "udf", "").outcome, LoadOutcome::loaded);
  EXPECT_EQ(preflight_load(facts, "udf", "level=1").outcome, LoadOutcome::refused);
  EXPECT_EQ(preflight_load(facts, "ext4", "").outcome, LoadOutcome::builtin);
  EXPECT_EQ(preflight_load(facts, "ext4", "x=1").outcome, LoadOutcome::refused);
}

TEST(LoadPreflight, AnAbsentNameGetsTheNearest) {
  const LoadPreflight preflight = preflight_load(loading_machine(), "isof", "");
  EXPECT_EQ(preflight.outcome, LoadOutcome::absent);
  EXPECT_THAT(preflight.reason, HasSubstr("did you mean isofs?"));
}

TEST(LoadPreflight, ANameOfSeveralIsRefused) {
  Facts facts = loading_machine();
  facts.trees.front().aliases->push_back({"fs-isofs", "udf"});
  EXPECT_THAT(preflight_load(facts, "fs-isofs", "").reason, HasSubstr("isofs, udf"));
}

TEST(LoadPreflight, UnsignedIsRefusedOnlyWhereSignaturesAreEnforced) {
  Facts facts = loading_machine();
  file_of(facts, "udf").signature = Signature{};
  const LoadPreflight enforced = preflight_load(facts, "udf", "");
  EXPECT_EQ(enforced.outcome, LoadOutcome::refused);
  EXPECT_EQ(enforced.decided_by->file, "/sys/module/module/parameters/sig_enforce");
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = Lockdown::none;
  const LoadPreflight accepted = preflight_load(facts, "udf", "");
  EXPECT_EQ(accepted.outcome, LoadOutcome::loads);
  EXPECT_EQ(accepted.steps.back().signature.status, SignatureStatus::unsigned_);
}

TEST(LoadPreflight, AnAlteredModuleNeverLoads) {
  Facts facts = loading_machine();
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = Lockdown::none;
  file_of(facts, "crc_itu_t").signature->checks.front().outcome = SignerOutcome::bad;
  const LoadPreflight preflight = preflight_load(facts, "udf", "");
  EXPECT_EQ(preflight.outcome, LoadOutcome::refused);
  EXPECT_THAT(preflight.reason, HasSubstr("it needs crc_itu_t: its signature is invalid"));
}

TEST(LoadPreflight, LoadingThatIsOffIsToldBefore) {
  Facts facts = loading_machine();
  facts.kernel.modules_disabled = true;
  EXPECT_EQ(preflight_load(facts, "udf", "").decided_by->file, "/proc/sys/kernel/modules_disabled");
}

TEST(LoadPreflight, WhatWasNotSeenIsNamed) {
  Facts facts = loading_machine();
  facts.load = not_seen();
  facts.trees.front().files = not_seen();
  facts.loaded = not_seen();
  const LoadPreflight preflight = preflight_load(facts, "udf", "level=1");
  EXPECT_FALSE(preflight.parameters.front().known);
  EXPECT_THAT(preflight.unseen,
              ::testing::Contains(::testing::Field(&Unseen::what, "signature of udf")));
  EXPECT_THAT(preflight.unseen, ::testing::Contains(::testing::Field(&Unseen::what, "somewhere")));
}

TEST(LoadPreflight, NamesEachFileThatItNeeds) {
  EXPECT_THAT(modules_to_insert(loading_machine("softdep udf pre: isofs\n"), "udf"),
              ElementsAre("crc_itu_t", "isofs", "udf"));
}

}  // namespace
}  // namespace kmodsec::test
