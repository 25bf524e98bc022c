// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/dkms_framework.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(DkmsFramework, NamesTheFilesOfItsKey) {
  const DkmsFramework framework = parse_dkms_framework(
      "## mok_signing_key=/no\n"
      "mok_signing_key=/first\n"
      "  export mok_signing_key=\"/var/lib/shim-signed/mok/MOK.priv\" # Ubuntu's\n"
      "mok_certificate='/var/lib/shim-signed/mok/MOK.der';\n");
  EXPECT_EQ(framework.signing_key, "/var/lib/shim-signed/mok/MOK.priv");
  EXPECT_EQ(framework.certificate, "/var/lib/shim-signed/mok/MOK.der");
  EXPECT_FALSE(framework.is_computed);
}

TEST(DkmsFramework, WhatAShellWorksOutIsNotKnown) {
  for (const auto* text : {"mok_signing_key=$dir/key", "mok_signing_key=\"`pwd`/key\"",
                           "mok_signing_key=\"/open", "mok_certificate=\"/a\"b"})
    EXPECT_TRUE(parse_dkms_framework(text).is_computed) << text;
  EXPECT_EQ(parse_dkms_framework("mok_signing_key='/a$b'").signing_key, "/a$b");
}

}  // namespace
}  // namespace kmodsec
