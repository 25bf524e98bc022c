// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(Gaps, OfOneFolderAreOne) {
  std::vector<Unseen> unseen = {{"/etc/modprobe.d/", "not found"},
                                {"/etc/modprobe.d-old", "not found"},
                                {"/etc/modprobe.d", "not found"},
                                {"/etc/modprobe.d/", "no permission"},
                                {"/", "not found"}};
  name_each_once(unseen);
  EXPECT_EQ(unseen, (std::vector<Unseen>{{"/", "not found"},
                                         {"/etc/modprobe.d/", "no permission"},
                                         {"/etc/modprobe.d", "not found"},
                                         {"/etc/modprobe.d-old", "not found"}}));
}

}  // namespace
}  // namespace kmodsec
