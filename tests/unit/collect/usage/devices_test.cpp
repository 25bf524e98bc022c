// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/devices.hpp"

#include <gtest/gtest.h>

#include "support/faulty_root.hpp"
#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

constexpr std::string_view card = "/sys/devices/pci0000:00/0000:00:03.0";

MemoryRoot host_of_devices() {
  MemoryRoot root(true);
  root.add_file(std::string(card) + "/uevent", "DRIVER=e1000\nMODALIAS=pci:v1\n");
  root.add_file(std::string(card) + "/net/eth0/uevent", "INTERFACE=eth0\n");
  root.add_file("/sys/devices/system/cpu/cpu0/uevent", "MODALIAS=cpu:type:x86\n");
  root.add_file("/sys/devices/system/cpu/cpu1/uevent", "MODALIAS=cpu:type:x86\n");
  return root;
}

std::string shown(const Root& root) {
  const auto devices = collect_devices(root);
  if (!devices) return "unseen: " + to_string(devices.error());
  std::string all;
  for (const Device& device : *devices)
    all += device.alias + " " + device.path + " " + device.driver + "\n";
  return all;
}

TEST(CollectDevices, EachAliasOnceWithItsFirstPlace) {
  EXPECT_EQ(shown(host_of_devices()),
            "cpu:type:x86 system/cpu/cpu0 \n"
            "pci:v1 pci0000:00/0000:00:03.0 e1000\n");
}

TEST(CollectDevices, WhatABusAloneShowsIsThere) {
  MemoryRoot root = host_of_devices();
  root.add_link("/sys/bus/pci/devices/0000:00:03.0", std::string(card));
  root.add_file("/sys/bus/usb/devices/1-1:1.0/uevent", "MODALIAS=usb:v2\n");
  EXPECT_EQ(shown(root),
            "cpu:type:x86 system/cpu/cpu0 \n"
            "pci:v1 pci0000:00/0000:00:03.0 e1000\n"
            "usb:v2 bus/usb/devices/1-1:1.0 \n");
}

TEST(CollectDevices, ALinkLeadsNowhere) {
  MemoryRoot root = host_of_devices();
  root.add_link(std::string(card) + "/parent", "/sys/devices");
  EXPECT_EQ(shown(root), shown(host_of_devices()));
}

TEST(CollectDevices, AFolderOrFileThatIsHiddenIsAnError) {
  const MemoryRoot root = host_of_devices();
  FaultyRoot faulty(root);
  for (const std::string& path :
       {std::string("/sys/devices/system"), std::string(card) + "/uevent"}) {
    faulty.fail_on(path, ErrorKind::denied);
    EXPECT_FALSE(collect_devices(faulty)) << path;
    faulty.fail_on(path, ErrorKind::not_found);
    EXPECT_TRUE(collect_devices(faulty)) << path;
  }
}

TEST(CollectDevices, WithoutSysfsNobodyKnows) {
  EXPECT_FALSE(collect_devices(MemoryRoot(true)));
  MemoryRoot part;
  part.add_file("/proc/modules", "");
  EXPECT_FALSE(collect_devices(part));
  part.add_file(std::string(card) + "/uevent", "MODALIAS=pci:v1\n");
  EXPECT_FALSE(collect_devices(part)) << "others may not have been captured";
  add_whole_kernel_state(part);
  EXPECT_EQ(shown(part), "pci:v1 pci0000:00/0000:00:03.0 \n");
}

TEST(CollectDevices, OfADiskAreNone) {
  MemoryRoot disk;
  disk.add_file("/etc/passwd", "");
  EXPECT_EQ(shown(disk), "");
}

}  // namespace
}  // namespace kmodsec::test
