// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whatever bytes a machine holds: what is said of it is valid UTF-8, and nothing in it moves the
// cursor or turns the line round.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "analyze/auditd/event_origins.hpp"
#include "analyze/inventory.hpp"
#include "collect/collect.hpp"
#include "report/inventory_report.hpp"
#include "support/machine_root.hpp"
#include "support/module_builder.hpp"
#include "support/random_facts.hpp"
#include "support/reports.hpp"

namespace kmodsec::test {
namespace {

const std::vector<std::string> line_turners = {"\u061C", "\u200E", "\u200F", "\u2028", "\u2029",
                                               "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                               "\u2066", "\u2067", "\u2068", "\u2069"};

bool is_control(unsigned char byte) { return (byte < 0x20 && byte != '\n') || byte == 0x7F; }

bool has_c1_control(std::string_view text) {
  for (std::size_t at = text.find('\xC2'); at != text.npos; at = text.find('\xC2', at + 1)) {
    if (static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
  }
  return false;
}

void expect_safe(const std::string& text) {
  EXPECT_NO_THROW(nlohmann::json(text).dump()) << "not UTF-8: " << text;
  EXPECT_TRUE(std::ranges::none_of(text, is_control)) << nlohmann::json(text);
  EXPECT_FALSE(has_c1_control(text)) << nlohmann::json(text);
  for (const std::string& turner : line_turners)
    EXPECT_EQ(text.find(turner), text.npos) << nlohmann::json(text);
}

void expect_safe(const Reports& reports) {
  for (const std::string& text : reports.texts) expect_safe(text);
  for (const std::string& document : reports.documents) {
    EXPECT_TRUE(nlohmann::json::accept(document)) << document;
    EXPECT_EQ(document.find("\uFFFD"), document.npos) << "not UTF-8 in the facts: " << document;
  }
}

TEST(HostileTextProperty, InAnyFactIsMadeSafe) {
  RandomFacts random(5);
  for (int round = 0; round < 150 && !testing::Test::HasFailure(); ++round)
    expect_safe(every_report(random.facts()));
}

/// So wide that nothing is wrapped.
const Style unwrapped(false, 1'000'000);

/// A note of where most are from comes behind a list, in a line of its own below an empty one.
std::ptrdiff_t lines_of_note(const std::string& list) {
  return list.contains("\n\nOrigin") ? 2 : 0;
}

TEST(HostileTextProperty, NeverAddsALineToAList) {
  RandomFacts random(6);
  for (int round = 0; round < 1000; ++round) {
    const Facts facts = random.facts();
    const Inventory inventory = make_inventory(facts, {.on_disk = true});
    if (inventory.rows.empty()) continue;
    const std::string text = print_list_text(inventory, unwrapped);
    ASSERT_EQ(std::ranges::count(text, '\n'), 1 + std::ssize(inventory.rows) + lines_of_note(text))
        << text;
  }
}

class HostileMachine {
 public:
  explicit HostileMachine(std::uint32_t seed) : random_(seed), sound_(machine_root()) {}

  MemoryRoot next() {
    MemoryRoot root = sound_;
    const std::string folder = "/lib/modules/6.1.0-9-test/kernel/";
    const std::string name = without(" \n", "m");
    root.add_file("/proc/modules", name + " 16384 0 " + without(" \n", "m") + ", Live 0x0 (" +
                                       without(" \n()", "O") + ")\n");
    root.add_file(folder + without(std::string("/\0", 2), "m") + ".ko",
                  module_with({"name=" + name, without(std::string(1, '\0'), "license=") + "=x",
                               without(std::string(1, '\0'), "description=")}));
    root.add_folder(folder + without(std::string("/\0", 2), "m") + ".ko");
    root.add_link(folder + without(std::string("/\0", 2), "m") + ".ko", "/" + random_.bytes());
    root.add_file("/etc/modprobe.d/" + without(std::string("/\0", 2), "x") + ".conf",
                  "options " + name + " " + random_.bytes());
    root.add_file("/proc/sys/kernel/version", random_.bytes());
    root.add_file("/proc/sys/kernel/modprobe", random_.bytes());
    root.add_file("/proc/cmdline", random_.bytes());
    root.add_file("/dev/kmsg", "4,1,1,-;taint " + random_.bytes());
    return root;
  }

 private:
  std::string without(std::string_view excluded, std::string start) {
    std::string bytes = random_.bytes();
    std::erase_if(bytes, [&](char byte) { return excluded.contains(byte); });
    return start + bytes;
  }

  RandomFacts random_;
  MemoryRoot sound_;
};

TEST(HostileTextProperty, InAnyFileIsMadeSafe) {
  HostileMachine machine(7);
  for (int round = 0; round < 100 && !testing::Test::HasFailure(); ++round) {
    EventOrigins origins;
    const auto facts = collect(machine.next(), whole_scope(), &origins);
    ASSERT_TRUE(facts);
    EXPECT_NO_THROW(snapshot_of(*facts)) << "round " << round;
    expect_safe(every_report(*facts));
  }
}

}  // namespace
}  // namespace kmodsec::test
