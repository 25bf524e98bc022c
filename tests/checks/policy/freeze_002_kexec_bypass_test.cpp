// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(KexecBypass, DoesNotApplyToAnOpenKernel) {
  expect_not_applicable("FREEZE-002", healthy_machine());
}

TEST(KexecBypass, PassesWhenKexecIsOffOrAbsentOrLocked) {
  Facts facts = healthy_machine();
  facts.kernel.modules_disabled = true;
  expect_pass("FREEZE-002", facts);
  facts.kernel.lockdown = Lockdown::none;
  facts.kernel.kexec_load_disabled = true;
  expect_pass("FREEZE-002", facts);
  facts.kernel.kexec_load_disabled = failure(ErrorKind::unsupported, "kexec", "not built in");
  expect_pass("FREEZE-002", facts);
}

TEST(KexecBypass, FailsWhenKexecUndoesTheFreeze) {
  Facts facts = healthy_machine();
  facts.kernel.modules_disabled = true;
  facts.kernel.lockdown = Lockdown::none;
  expect_fail("FREEZE-002", facts, {"kernel"});
}

TEST(KexecBypass, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.kernel.modules_disabled = not_seen();
  expect_unknown("FREEZE-002", facts);
  facts.kernel.modules_disabled = true;
  facts.kernel.kexec_load_disabled = not_seen();
  expect_unknown("FREEZE-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
