// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SigningKeyOnDisk, PassesWithoutAny) { expect_pass("KEY-002", healthy_machine()); }

TEST(SigningKeyOnDisk, NamesTheFile) {
  expect_fail("KEY-002", machine_with_own_key(), {"/var/lib/dkms/mok.key"});
}

TEST(SigningKeyOnDisk, PassesForAKeyThatNobodyTrusts) {
  Facts facts = machine_with_own_key();
  facts.kernel.keyrings->pop_back();
  expect_pass("KEY-002", facts);
}

TEST(SigningKeyOnDisk, NamesTheFileOfAnImage) {
  Facts facts = machine_with_own_key();
  InitramfsImage image{.path = "/boot/initrd.img"};
  image.signing_keys = facts.trust->signing_keys;
  facts.trust->signing_keys.clear();
  facts.trees.front().initramfs_images = std::vector<InitramfsImage>{image};
  expect_fail("KEY-002", facts, {"/boot/initrd.img:/var/lib/dkms/mok.key"});
}

TEST(SigningKeyOnDisk, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.trust = not_seen();
  expect_unknown("KEY-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
