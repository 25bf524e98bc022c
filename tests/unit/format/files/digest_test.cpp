// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/digest.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

/// RFC 1321, A.5 and FIPS 180-4's example "abc".
TEST(Digest, KnowsThePublishedValues) {
  EXPECT_EQ(hex_digest(Digest::md5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(hex_digest(Digest::sha256, "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace kmodsec
