// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/machine_id.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kmodsec {
namespace {

ErrorKind refusal_of(const Result<std::string>& result) {
  return result ? ErrorKind::usage : result.error().kind;
}

/// The value is that of sd_id128_get_machine_app_specific(3), computed by systemd 252.
TEST(MachineId, IsHashedAsSystemdDoes) {
  EXPECT_EQ(hashed_machine_id("0123456789abcdef0123456789abcdef\n").value(),
            "2ce39eeaad85438083a8de6e8c684ab6");
}

TEST(MachineId, IsSetOrNot) {
  EXPECT_EQ(refusal_of(hashed_machine_id("")), ErrorKind::not_found);
  EXPECT_EQ(refusal_of(hashed_machine_id("uninitialized\n")), ErrorKind::not_found);
}

TEST(MachineId, OfAnotherShapeIsRefused) {
  EXPECT_EQ(refusal_of(hashed_machine_id("0123456789abcdef0123456789abcde")), ErrorKind::malformed);
  EXPECT_EQ(refusal_of(hashed_machine_id("0123456789ABCDEF0123456789ABCDEF")),
            ErrorKind::malformed);
  EXPECT_EQ(refusal_of(hashed_machine_id(std::string(32, '0'))), ErrorKind::malformed);
  EXPECT_EQ(refusal_of(hashed_machine_id(std::string(32, 'x'))), ErrorKind::malformed);
}

TEST(BootId, IsAUuid) {
  const std::string id = "d3bd2b8b-2a5c-4b8b-9d4f-0b2b0a6a7a11";
  EXPECT_EQ(parse_boot_id(id + "\n").value(), id);
  EXPECT_EQ(refusal_of(parse_boot_id("")), ErrorKind::malformed);
  EXPECT_EQ(refusal_of(parse_boot_id("d3bd2b8b 2a5c-4b8b-9d4f-0b2b0a6a7a11")),
            ErrorKind::malformed);
}

TEST(HostName, IsTheFirstLineThatIsNoComment) {
  EXPECT_EQ(parse_host_name("# comment\n\n web-1 \nother\n").value(), "web-1");
  EXPECT_EQ(parse_host_name("a\xff").value(), "a\\xff");
}

TEST(HostName, IsSetOrNot) {
  EXPECT_EQ(refusal_of(parse_host_name("")), ErrorKind::not_found);
  EXPECT_EQ(refusal_of(parse_host_name("(none)\n")), ErrorKind::not_found);
  EXPECT_EQ(refusal_of(parse_host_name(std::string(65, 'a'))), ErrorKind::malformed);
}

}  // namespace
}  // namespace kmodsec
