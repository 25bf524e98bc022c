// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/signatures/signing_keys.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/memory_root.hpp"
#include "support/signer.hpp"

namespace kmodsec::test {
namespace {

const std::string private_key = "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----\n";

std::vector<std::string> paths_in(const MemoryRoot& root) {
  std::vector<Unseen> unseen;
  std::vector<std::string> paths;
  for (const FoundKey& found : find_signing_keys(root, unseen)) paths.push_back(found.key.path);
  std::ranges::sort(paths);
  return paths;
}

TEST(SigningKeys, LieWhereToolsPutThem) {
  MemoryRoot root(true);
  const std::vector<std::string> paths = {"/etc/pki/akmods/private/host-17.priv",
                                          "/usr/share/nvidia/nvidia-modsign-key-AB12.key",
                                          "/usr/src/linux-headers-6.1/certs/signing_key.pem",
                                          "/var/lib/dkms/mok.key", "/var/lib/sbctl/keys/db/db.key"};
  for (const std::string& path : paths) root.add_file(path, private_key, 0600);
  root.add_link("/etc/pki/akmods/private/other.priv", "host-17.priv");
  root.add_link("/lib/modules/6.1/build", "/usr/src/linux-headers-6.1");
  std::vector<std::string> found = paths_in(root);
  ASSERT_EQ(found.size(), paths.size()) << "each file once";
  EXPECT_EQ(found[0], paths[0]);
  EXPECT_EQ(found[1], "/lib/modules/6.1/build/certs/signing_key.pem");
}

TEST(SigningKeys, OfDkmsAreNamedByItsConfiguration) {
  MemoryRoot root(true);
  root.add_file("/etc/dkms/framework.conf", "mok_signing_key=/no\nmok_certificate=/root/own.der\n");
  root.add_file("/etc/dkms/framework.conf.d/a.conf", "mok_signing_key=/root/own.key\n");
  root.add_file("/root/own.key", private_key, 0600);
  root.add_file("/root/own.der", Signer("Own").certificate());
  std::vector<Unseen> unseen;
  const auto found = find_signing_keys(root, unseen);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().key.path, "/root/own.key");
  EXPECT_EQ(found.front().certificate_path, "/root/own.der");
  root.add_file("/etc/dkms/framework.conf.d/b.conf", "mok_signing_key=$x\n");
  find_signing_keys(root, unseen);
  EXPECT_EQ(unseen.size(), 1U);
}

TEST(SigningKeys, WhatHoldsNoPrivateKeyIsNone) {
  MemoryRoot root(true);
  root.add_file("/usr/src/linux-headers-6.1/certs/signing_key.pem",
                "-----BEGIN CERTIFICATE-----\nMIG\n-----END CERTIFICATE-----\n");
  EXPECT_TRUE(paths_in(root).empty());
}

}  // namespace
}  // namespace kmodsec::test
