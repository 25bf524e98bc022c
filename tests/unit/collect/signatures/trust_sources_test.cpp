// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/signatures/trust_sources.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

constexpr auto shim = "-605dab50-e046-4300-abb6-3dd810dd8b23";
const std::string efivars = "/sys/firmware/efi/efivars/";
const std::string table = "/sys/firmware/efi/mok-variables/";

FirmwareSwitches switches_of(const MemoryRoot& root) {
  CertificatePool pool;
  return collect_trust_sources(root, {}, pool).switches;
}

TEST(FirmwareSwitches, AreToldByTheVariables) {
  MemoryRoot root(true);
  root.add_file(efivars + "MokListRT" + shim, std::string(4, '\0'));
  FirmwareSwitches switches = switches_of(root);
  EXPECT_EQ(switches.has_owner_list, true);
  EXPECT_EQ(switches.ignores_db, false);
  EXPECT_EQ(switches.trusts_owner, false) << "a kernel that runs has found no table of shim's";
  root.add_file(efivars + "MokIgnoreDB" + shim, std::string(5, '\1'));
  root.add_file(table + "MokListTrustedRT", "\1");
  switches = switches_of(root);
  EXPECT_EQ(switches.ignores_db, true);
  EXPECT_EQ(switches.trusts_owner, true);
}

TEST(FirmwareSwitches, OfAnotherMachineAreUnseenWhereNothingShows) {
  MemoryRoot root(false);
  root.add_folder("/sys/firmware/efi/efivars");
  const FirmwareSwitches switches = switches_of(root);
  EXPECT_FALSE(switches.has_owner_list);
  EXPECT_FALSE(switches.ignores_db);
  EXPECT_FALSE(switches.trusts_owner);
}

TEST(FirmwareSwitches, AMachineWithoutEfiHasNone) {
  MemoryRoot root(true);
  root.add_folder("/sys/firmware/acpi");
  const FirmwareSwitches switches = switches_of(root);
  EXPECT_EQ(switches.has_owner_list, false);
  EXPECT_EQ(switches.ignores_db, false);
  EXPECT_FALSE(switches_of(MemoryRoot(true)).has_owner_list) << "/sys was not seen";
}

}  // namespace
}  // namespace kmodsec::test
