// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "support/load_builder.hpp"

namespace kmodsec::test {

inline constexpr std::int64_t now_of_usage = 1'790'000'000;
inline constexpr std::int64_t day_of_usage = 24L * 3600;

/// A record of ten days and three boots that ends at `now_of_usage`, of the machine "m", with dummy
/// in it.
inline UsageRecord long_record() {
  UsageRecord record;
  record.machine = "m";
  for (int boot = 0; boot < 3; ++boot) {
    const std::int64_t first = now_of_usage - (10 - 4 * boot) * day_of_usage;
    record.boots.push_back({"boot-" + std::to_string(boot), "6.1.0-test", first, first});
  }
  record.boots.back().last_seen = now_of_usage;
  record.modules.push_back({.module = "dummy",
                            .first_seen = now_of_usage - 10 * day_of_usage,
                            .last_seen = now_of_usage,
                            .boots = 3,
                            .last_boot = "boot-2",
                            .held_by = {},
                            .imported_from = {},
                            .requesters = {}});
  return record;
}

/// A machine that keeps dummy, which is loaded, and denies everything else: isofs, udf and
/// crc_itu_t. All that a keep set asks for was seen.
inline Facts lean_machine() {
  Facts facts = machine_with_lines("");
  facts.time = now_of_usage;
  facts.host.machine_id = "m";
  facts.needs = std::vector<BootNeed>{};
  facts.service_needs = std::vector<BootNeed>{};
  facts.devices = std::vector<Device>{};
  facts.usage = long_record();
  facts.policy->deny.everything_else = true;
  facts.policy->keep.mode = KeepMode::enforce;
  return facts;
}

/// The lines by which kmodsec denies what `lean_machine` does not keep.
inline void add_lean_denies(Facts& facts) {
  for (const char* module : {"crc_itu_t", "isofs", "udf"})
    add_lines(facts, std::string("install ") + module + " /bin/false\nblacklist " + module + "\n",
              "/etc/modprobe.d/00-kmodsec-deny.conf");
}

}  // namespace kmodsec::test
