// SPDX-License-Identifier: GPL-2.0-or-later
// Tables of the kernel that name the module behind each entry.
#include <gtest/gtest.h>

#include "format/modules/crypto_algorithms.hpp"
#include "format/modules/net_protocols.hpp"

namespace kmodsec {
namespace {

TEST(NetProtocols, ReadsSocketsAndModule) {
  const auto protocols = parse_net_protocols(
      "protocol  size sockets  memory press maxhdr  slab module     cl co di ac\n"
      "SCTP      1720     12       1   no       0   yes  sctp       y  y  y  y\n"
      "PACKET    1472      0      -1   NI       0   no   kernel     n  n  n  n\n"
      "CUT       1472\n");
  ASSERT_EQ(protocols.size(), 2U) << "the heading is no protocol";
  EXPECT_EQ(protocols[0].name, "SCTP");
  EXPECT_EQ(protocols[0].sockets, 12);
  EXPECT_EQ(protocols[0].module, "sctp");
  EXPECT_EQ(protocols[1].module, "kernel");
}

TEST(CryptoAlgorithms, ReadsBlocks) {
  const auto algorithms = parse_crypto_algorithms(
      "driver       : before any name\n"
      "name         : crct10dif\n"
      "driver       : crct10dif-pclmul\n"
      "module       : crct10dif_pclmul\n"
      "refcnt       : 2\n"
      "\n"
      "name         : sha256\n"
      "module       : kernel\n"
      "refcnt       : many\n");
  ASSERT_EQ(algorithms.size(), 2U);
  EXPECT_EQ(algorithms[0].driver, "crct10dif-pclmul");
  EXPECT_EQ(algorithms[0].module, "crct10dif_pclmul");
  EXPECT_EQ(algorithms[0].refcount, 2U);
  EXPECT_EQ(algorithms[1].refcount, 0U);
}

}  // namespace
}  // namespace kmodsec
