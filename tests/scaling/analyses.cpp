// SPDX-License-Identifier: GPL-2.0-or-later
// What is concluded from what the readers made: every check and every load path, of a machine in
// which one thing grows. Where two things that grow are multiplied, `Work` ends it; see
// work_test.cpp.
#include <array>
#include <memory>
#include <utility>

#include "analyze/audit.hpp"
#include "analyze/auditd/module_events.hpp"
#include "analyze/exposure_report.hpp"
#include "analyze/lean_export.hpp"
#include "analyze/modules/index_agreement.hpp"
#include "analyze/policy/autoload_denies.hpp"
#include "analyze/usage/host_shares.hpp"
#include "analyze/usage/keep_set.hpp"
#include "analyze/usage/record_usage.hpp"
#include "format/loading/modprobe_conf.hpp"
#include "format/modules/modules_index.hpp"
#include "row.hpp"

namespace kmodsec::scaling {
namespace {

constexpr std::size_t few = 20;

std::string name_of(std::size_t i) { return fmt::format("m{}", i); }

/// A machine with so many modules, each with an alias, and these lines of modprobe.d.
Facts machine(std::size_t modules, std::string_view modprobe_lines) {
  Facts facts;
  ModuleTree& tree = facts.trees.emplace_back();
  tree.release = "6.1.0";
  tree.folder = "/lib/modules/6.1.0";
  tree.index = parse_modules_dep(
      lines(modules, [](auto i) { return fmt::format("kernel/m{}.ko: kernel/m0.ko\n", i); }));
  tree.aliases = parse_modules_alias(
      lines(modules, [](auto i) { return fmt::format("alias fs-a{0} m{0}\n", i); }));
  tree.softdeps = std::vector<SoftDependency>{};
  tree.builtin = std::vector<BuiltinModule>{};
  facts.load = parse_modprobe_conf(modprobe_lines, "/etc/modprobe.d/a.conf");
  facts.installed = std::vector<std::string>{tree.release};
  return facts;
}

std::function<void()> checking(Facts facts) {
  return [facts = std::make_shared<Facts>(std::move(facts))] { audit(*facts); };
}

std::function<void()> opening(Facts facts) {
  return [facts = std::make_shared<Facts>(std::move(facts))] {
    answer_doors(*facts, {.all_open = true});
  };
}

std::function<void()> denying(Facts facts) {
  facts.needs = std::vector<BootNeed>{};
  facts.policy = Policy{.deny = {.autoload_by_users = true}};
  return [facts = std::make_shared<Facts>(std::move(facts))] { autoload_denies(*facts); };
}

/// Of a host on which all of these were used, or none.
std::function<void()> keeping(Facts facts, bool used) {
  UsageRecord record;
  for (const IndexEntry& entry : *facts.trees[0].index) {
    if (used) record.modules.push_back({.module = entry.name, .boots = 1});
  }
  return [facts = std::make_shared<Facts>(std::move(facts)), record = std::move(record)] {
    keep_set(*facts, std::span(&record, 1), {});
  };
}

/// The lines for a host that keeps nothing.
std::function<void()> exporting(Facts facts) {
  KeepSet set;
  for (const IndexEntry& entry : *facts.trees[0].index)
    set.closed.push_back({entry.name, {AttackerPosition::root, ""}});
  return [facts = std::make_shared<Facts>(std::move(facts)), set = std::move(set)] {
    std::vector<Unseen> unseen;
    lean_export(set, *facts, unseen);
  };
}

/// A union of hosts that all need the same modules.
std::function<void()> sharing(std::size_t size) {
  std::vector<OtherHost> hosts(few);
  KeepSet kept;
  for (std::size_t i = 0; i < size; ++i) {
    kept.kept.emplace_back().module = name_of(i);
    for (OtherHost& host : hosts) host.record.modules.emplace_back().module = name_of(i);
  }
  return [hosts = std::move(hosts), kept = std::move(kept)] { host_shares(hosts, {}, kept); };
}

/// Two kernels, each with one cipher that all modules answer for, and an alias of all.
Facts two_kernels(std::size_t modules) {
  Facts facts = machine(modules, "");
  facts.trees[0].aliases = parse_modules_alias(lines(modules, [](auto i) {
    return fmt::format("alias crypto-a m{0}\nalias fs-a m{0}\nalias fs-b{0} m{0}\n", i);
  }));
  facts.trees.push_back(facts.trees[0]);
  facts.trees[1].release = "6.12.0";
  facts.trees[1].aliases = parse_modules_alias(lines(modules, [](auto i) {
    return fmt::format("alias crypto-b m{0}\nalias fs-b{0} m{1}\n", i, i + 1);
  }));
  return facts;
}

template <class Line>
std::function<void()> auditing_lines(std::size_t count, Line line) {
  return checking(machine(few, lines(count, line)));
}

std::function<void()> opening_lines(std::size_t count, std::string (*line)(std::size_t)) {
  return opening(machine(few, lines(count, line)));
}

std::string options(std::size_t i) { return fmt::format("options m{} a=1\n", i); }
std::string options_of_one(std::size_t i) { return fmt::format("options m1 a{}=1\n", i); }
std::string blacklist(std::size_t i) { return fmt::format("blacklist m{}\n", i); }
std::string blacklist_of_one(std::size_t) { return "blacklist m1\n"; }
std::string install(std::size_t i) { return fmt::format("install m{} /bin/false\n", i); }
std::string install_of_all(std::size_t) { return "install m* /bin/false\n"; }
std::string install_of_none(std::size_t i) { return fmt::format("install *x{} /bin/false\n", i); }
std::string alias_of_none(std::size_t i) { return fmt::format("alias *x{} m1\n", i); }
std::string alias_of_all(std::size_t) { return "alias m* m1\n"; }

/// An initramfs of which no line is one of the host, of modules that it has.
std::function<void()> auditing_image_lines(std::size_t count) {
  Facts facts = machine(count, lines(count, options));
  InitramfsImage image{.path = "/boot/initrd"};
  image.load = parse_modprobe_conf(lines(count, blacklist), "/boot/initrd:/etc/modprobe.d/a.conf");
  for (std::size_t i = 0; i < count; ++i)
    image.modules.push_back({name_of(i), fmt::format("/m{}.ko", i), true, "00", "00"});
  facts.trees[0].initramfs_images = std::vector<InitramfsImage>{std::move(image)};
  return checking(std::move(facts));
}

Facts machine_with_stars(std::size_t count) {
  Facts facts = machine(few, "");
  facts.trees[0].aliases = parse_modules_alias(lines(count, [](std::size_t i) {
    return i < few ? fmt::format("alias fs-a{0} m{0}\n", i) : fmt::format("alias *x{} m1\n", i);
  }));
  return facts;
}

/// Of one module that all others need, and of the files that say so.
Facts machine_with_files(std::size_t count) {
  Facts facts = machine(count, "");
  std::vector<ModuleFile> files;
  for (std::size_t i = 0; i < count; ++i) {
    ModuleFile& file = files.emplace_back();
    file.name = name_of(i);
    file.path = fmt::format("/lib/modules/6.1.0/kernel/m{}.ko", i);
    file.content =
        ModuleContent{.info = {{"alias", "fs-a" + std::to_string(i)}, {"depends", "m0"}}};
  }
  facts.trees[0].files = std::move(files);
  facts.trees[0].complete = true;
  return facts;
}

/// The same, with each of them loaded.
Facts live_machine(std::size_t count) {
  Facts facts = machine_with_files(count);
  facts.live = true;
  facts.kernel.release = "6.1.0";
  facts.kernel.modules_supported = true;
  std::vector<LoadedModule> loaded(count);
  for (std::size_t i = 0; i < count; ++i) loaded[i].name = name_of(i);
  facts.loaded = std::move(loaded);
  return facts;
}

std::function<void()> joining(std::size_t count) {
  std::vector<ModuleEvent> events;
  std::vector<KernelLogLine> log;
  for (std::size_t i = 0; i < count; ++i) {
    events.push_back({.time = 1000, .module = name_of(i)});
    log.push_back({i, 0, name_of(count - i) + ": module verification failed"});
  }
  return [=] {
    auto joined = events;
    join_kernel_log(log, 1000, joined);
  };
}

/// What is loaded was loaded twice, by what a log has, and a device asks for it.
std::function<void()> recording(std::size_t count) {
  Facts facts = live_machine(count);
  EventLog log;
  std::vector<Device> devices;
  for (std::size_t i = 0; i < 2 * count; ++i) {
    const std::string name = name_of(2 * count - i);
    log.events.push_back({.time = 1,
                          .module = name,
                          .module_from = EventSource::record,
                          .error = 0,
                          .command = name,
                          .origin = EventOrigin::user});
    devices.push_back({.alias = "fs-a" + name.substr(1), .path = {}, .driver = {}});
  }
  facts.events = std::move(log);
  facts.devices = std::move(devices);
  return [facts = std::make_shared<Facts>(std::move(facts))] {
    const UsageRecord record = with_sighting({}, *facts);
    joined(std::array{record, with_sighting(record, *facts)});
  };
}

constexpr std::array rows = {
    Row{"checks of lines: options of one module", 100,
        [](std::size_t n) { return auditing_lines(n, options_of_one); }},
    Row{"checks of lines: blacklist", 100,
        [](std::size_t n) { return auditing_lines(n, blacklist); }},
    Row{"checks of lines: blacklist of one module", 100,
        [](std::size_t n) { return auditing_lines(n, blacklist_of_one); }},
    Row{"checks of lines: those of an initramfs", 100, auditing_image_lines},
    Row{"checks of lines: install", 100, [](std::size_t n) { return auditing_lines(n, install); }},
    Row{"checks of lines: install of all modules", 100,
        [](std::size_t n) { return auditing_lines(n, install_of_all); }},
    Row{"checks of lines: patterns", 100,
        [](std::size_t n) { return auditing_lines(n, alias_of_none); }},
    Row{"checks of lines: alias of all modules", 100,
        [](std::size_t n) { return auditing_lines(n, alias_of_all); }},
    Row{"load paths of lines: options of one module", 100,
        [](std::size_t n) { return opening_lines(n, options_of_one); }},
    Row{"load paths of lines: install", 100,
        [](std::size_t n) { return opening_lines(n, install); }},
    Row{"load paths of lines: install of all modules", 100,
        [](std::size_t n) { return opening_lines(n, install_of_all); }},
    Row{"load paths of lines: patterns", 100,
        [](std::size_t n) { return opening_lines(n, install_of_none); }},
    Row{"load paths of modules", 50, [](std::size_t n) { return opening(machine(n, "")); }},
    Row{"denies of what users can have loaded", 50,
        [](std::size_t n) { return denying(machine(n, "")); }},
    Row{"keep set of a host that used nothing", 50,
        [](std::size_t n) { return keeping(machine(n, ""), false); }},
    Row{"keep set of a host that used all", 100,
        [](std::size_t n) { return keeping(machine(n, ""), true); }},
    Row{"keep set of two kernels", 100,
        [](std::size_t n) { return keeping(two_kernels(n), true); }},
    Row{"lines of what is not kept", 200, [](std::size_t n) { return exporting(machine(n, "")); }},
    Row{"shares of hosts in a union", 100, sharing},
    Row{"load paths of patterns in modules.alias", 200,
        [](std::size_t n) { return opening(machine_with_stars(n)); }},
    Row{"checks of modules", 50, [](std::size_t n) { return checking(live_machine(n)); }},
    Row{"indexes beside files", 50,
        [](std::size_t n) -> std::function<void()> {
          return [facts = std::make_shared<Facts>(machine_with_files(n))] {
            hold_against_files(facts->trees[0]);
          };
        }},
    Row{"events and the kernel's log", 100, joining},
    Row{"record of used modules", 50, recording},
};

}  // namespace

std::span<const Row> analysis_rows() { return rows; }

}  // namespace kmodsec::scaling
