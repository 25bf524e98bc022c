// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/depmod_conf.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(DepmodConf, HasExternalFolders) {
  const auto folders = parse_depmod_conf(
      "# external * /no\nsearch updates external\n external\t6.1 \\\n /opt/x more\nexternal *\n"
      "external * /srv");
  ASSERT_EQ(folders.size(), 2U);
  EXPECT_EQ(folders[0].kernels, "6.1");
  EXPECT_EQ(folders[0].path, "/opt/x");
  EXPECT_EQ(folders[1].path, "/srv");
}

TEST(DepmodConf, ExternalFoldersAreForSomeKernels) {
  for (const char* kernels : {"*", "6.1", "^6[.]1[.]0", "(5|6)[.]1", "amd64$"})
    EXPECT_TRUE(is_for_kernel({kernels, "/opt"}, "6.1.0-18-amd64")) << kernels;
  for (const char* kernels : {"6.2", "^5", "[", "amd64-"})
    EXPECT_FALSE(is_for_kernel({kernels, "/opt"}, "6.1.0-18-amd64")) << kernels;
}

/// Rather a folder too many than a minute or the memory of the host.
TEST(DepmodConf, DearExpressionsAreNotTried) {
  EXPECT_TRUE(is_for_kernel({"((a{1,255}){1,255}){1,255}", "/opt"}, "6.1"));
  EXPECT_TRUE(is_for_kernel({std::string(1000, '('), "/opt"}, "6.1"));
}

}  // namespace
}  // namespace kmodsec
