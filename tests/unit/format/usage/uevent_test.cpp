// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/uevent.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(Uevent, HasAliasAndDriver) {
  const Uevent uevent = parse_uevent(
      "DRIVER=virtio-pci\nPCI_CLASS=20000\nMODALIAS=pci:v00001AF4d00001041sv00001AF4bc02\n");
  EXPECT_EQ(uevent.alias, "pci:v00001AF4d00001041sv00001AF4bc02");
  EXPECT_EQ(uevent.driver, "virtio-pci");
}

TEST(Uevent, NeedsNeither) {
  EXPECT_EQ(parse_uevent("").alias, "");
  EXPECT_EQ(parse_uevent("MAJOR=8\nDEVTYPE=disk\nXMODALIAS=x\n").alias, "");
}

TEST(Uevent, TheLastLineCounts) { EXPECT_EQ(parse_uevent("MODALIAS=a\nMODALIAS=b").alias, "b"); }

TEST(Uevent, IsValidText) { EXPECT_EQ(parse_uevent("MODALIAS=a\xff\n").alias, "a\\xff"); }

}  // namespace
}  // namespace kmodsec
