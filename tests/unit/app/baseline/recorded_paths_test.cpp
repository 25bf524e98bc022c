// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/recorded_paths.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

const std::string recorded = "/lib/modules/6.1/kernel/x.ko";

MemoryRoot merged() {
  MemoryRoot root;
  root.add_file("/usr/lib/modules/6.1/kernel/x.ko", "code");
  root.add_link("/lib", "usr/lib");
  return root;
}

TEST(RecordedPaths, OneFileHasManyNames) {
  const MemoryRoot root = merged();
  RecordedPaths paths(root, {recorded});
  for (const std::string name :
       {recorded.c_str(), "/usr/lib/modules/6.1/kernel/x.ko",
        "/usr/lib/modules/6.1/kernel/../kernel/x.ko", "//lib/modules/6.1/kernel/x.ko",
        "/usr/lib/modules/6.1/kernel/x.ko/"})
    EXPECT_EQ(paths.name_of(name), recorded) << name;
}

TEST(RecordedPaths, AFolderThatIsGoneKeepsItsNameBelowWhatIsThere) {
  const MemoryRoot root = merged();
  RecordedPaths paths(root, {"/lib/modules/5.10/kernel/y.ko", "/boot/i:/usr/x.ko"});
  EXPECT_EQ(paths.name_of("/usr/lib/modules/5.10/kernel/y.ko"), "/lib/modules/5.10/kernel/y.ko");
  EXPECT_EQ(paths.name_of("/boot/i:/usr/x.ko"), "/boot/i:/usr/x.ko");
}

TEST(RecordedPaths, WhatIsNotRecordedStaysWhatItWas) {
  const MemoryRoot root = merged();
  RecordedPaths paths(root, {recorded});
  for (const std::string& name : {std::string("/etc/x"), std::string("x"), std::string(),
                                  std::string("/"), "/" + std::string(100'000, '/') + "x"})
    EXPECT_EQ(paths.name_of(name), name);
}

}  // namespace
}  // namespace kmodsec::test
