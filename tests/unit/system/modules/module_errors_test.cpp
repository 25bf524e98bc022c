// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/modules/module_errors.hpp"

#include <cerrno>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(ModuleErrors, AreWordsAndTheNameOfTheError) {
  EXPECT_EQ(to_string(load_error("dummy", ENODEV).error()),
            "dummy: the device that it is for is not there (ENODEV)");
  EXPECT_EQ(load_error("dummy", EPERM).error().kind, ErrorKind::denied);
  EXPECT_EQ(to_string(unload_error("dummy", EAGAIN).error()), "dummy: it is in use (EWOULDBLOCK)");
}

TEST(ModuleErrors, OthersKeepTheWordsOfTheSystem) {
  EXPECT_EQ(load_error("dummy", EIO).error().reason, "input/output error");
}

}  // namespace
}  // namespace kmodsec
