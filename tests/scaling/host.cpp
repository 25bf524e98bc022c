// SPDX-License-Identifier: GPL-2.0-or-later
// Packages, policies, logs, and lists of files.
#include <array>

#include "analyze/auditd/event_origins.hpp"
#include "format/auditd/audit_events.hpp"
#include "format/auditd/audit_rules.hpp"
#include "format/auditd/audit_sieve.hpp"
#include "format/auditd/augenrules.hpp"
#include "format/baseline/sha256sums.hpp"
#include "format/earlier_audit.hpp"
#include "format/host/dpkg.hpp"
#include "format/host/dpkg_log.hpp"
#include "format/host/group_names.hpp"
#include "format/policy/policy.hpp"
#include "format/policy/profile.hpp"
#include "format/snapshot.hpp"
#include "format/usage/firewall_rules.hpp"
#include "format/usage/keep_class.hpp"
#include "format/usage/module_list.hpp"
#include "format/usage/service_requests.hpp"
#include "format/usage/uevent.hpp"
#include "report/json.hpp"
#include "report/policy/unified_diff.hpp"
#include "row.hpp"

namespace kmodsec::scaling {
namespace {

std::function<void()> sifting(std::string log) {
  return [log = std::move(log)] {
    EventOrigins origins;
    AuditEvents events(origins, [](ModuleEvent) {});
    AuditSieve sieve([&](const AuditEventLines& lines) { events.add(lines); });
    for (std::size_t at = 0; at < log.size(); at += 65536) sieve.feed(log.substr(at, 65536));
    sieve.finish();
  };
}

std::string load_event(std::size_t second, std::size_t serial) {
  return fmt::format(
      "type=SYSCALL msg=audit({0}.000:{1}): arch=c000003e syscall=313 success=yes exit=0 a0=3 a1=5 "
      "a2=0 pid={1} auid=0 uid=0 comm=\"modprobe\" exe=\"/usr/bin/kmod\" key=(null)\n"
      "type=KERN_MODULE msg=audit({0}.000:{1}): name=\"m{1}\"\n",
      1'700'000'000 + second, serial);
}

/// Each file has an alias and needs the first.
std::string compact_snapshot(std::size_t files) {
  ModuleTree tree;
  tree.folder = "/m";
  tree.files = std::vector<ModuleFile>{};
  tree.index = std::vector<IndexEntry>{};
  tree.aliases = std::vector<AliasEntry>{};
  for (std::size_t i = 0; i < files; ++i) {
    const std::string name = fmt::format("m{:06}", i);
    tree.index->push_back({name, name + ".ko", {"m000000"}});
    tree.aliases->push_back({"alias-" + name, name});
    tree.files->push_back(
        {.path = "/m/" + name + ".ko",
         .name = name,
         .content = ModuleContent{.info = {{"alias", "alias-" + name}, {"depends", "m000000"}},
                                  .own_name = name},
         .left_out = LeftOut::details});
  }
  Facts facts;
  facts.trees.push_back(std::move(tree));
  const nlohmann::json document = {{"schema", compact_snapshot_schema},
                                   {"facts", facts_to_compact_json(facts)}};
  return document.dump();
}

constexpr std::array rows = {
    Row{"an earlier answer of an audit", 1000,
        [](std::size_t n) {
          return parsing<parse_earlier_audit>(
              R"({"schema": "kmodsec.audit/1", "unseen": [], "checks": [{"id": "SIG-002", "findings": [)" +
              lines(n,
                    [](auto i) {
                      return fmt::format(R"({{"subject": "m{}", "message": "is wrong"}},)", i);
                    }) +
              R"({"subject": "m", "message": "is wrong"}]}]})");
        }},
    Row{"audit log, events over time", 1000,
        [](std::size_t n) { return sifting(lines(n, [](auto i) { return load_event(i, i); })); }},
    Row{"audit log, events of one second", 1000,
        [](std::size_t n) { return sifting(lines(n, [](auto i) { return load_event(0, i); })); }},
    Row{"audit log, records of one event", 500,
        [](std::size_t n) { return sifting(lines(n, [](auto) { return load_event(0, 1); })); }},
    Row{"audit rules", 300,
        [](std::size_t n) -> std::function<void()> {
          return [text = lines(n, [](auto i) {
                    return fmt::format("-a always,exit -F arch=b64 -S {} -k m\n", i);
                  })] {
            AuditRuleFiles files;
            parse_audit_rules(text, "a.rules", files);
          };
        }},
    Row{"augenrules, lines of a file", 1000,
        [](std::size_t n) -> std::function<void()> {
          return [text = lines(n, [](auto i) { return fmt::format("-w /{}\n", i); })] {
            generate_audit_rules("/d", {{"a.rules", text}}, {});
          };
        }},
    Row{"augenrules, files of a folder", 300,
        [](std::size_t n) -> std::function<void()> {
          std::vector<std::string> names;
          for (std::size_t i = 0; i < n; ++i) names.push_back(fmt::format("{}-a.rules", n - i));
          return [names] { augenrules_order(names, {}); };
        }},
    Row{"the paths of a package", 500,
        [](std::size_t n) {
          return parsing<module_paths_of_list>(
              lines(n, [](auto i) { return fmt::format("/lib/modules/6.1.0/m{}.ko\n", i); }));
        }},
    Row{"all paths of a package", 500,
        [](std::size_t n) {
          return parsing<paths_of_list>(
              lines(n, [](auto i) { return fmt::format("/usr/share/doc/p/{}\n", i); }));
        }},
    Row{"the digests of a package", 500,
        [](std::size_t n) {
          return parsing<parse_md5sums>(
              lines(n, [](auto i) { return fmt::format("{:032}  lib/modules/m{}.ko\n", i, i); }));
        }},
    Row{"dpkg.log", 300,
        [](std::size_t n) {
          return parsing<parse_dpkg_log>(lines(n, [](auto i) {
            return fmt::format("2026-11-01 10:00:00 upgrade p{}:amd64 1 2\n", i);
          }));
        }},
    Row{"list of sha256sum", 300,
        [](std::size_t n) {
          return parsing<parse_sha256sums>(
              lines(n, [](auto i) { return fmt::format("{:064}  /lib/m{}.ko\n", i, i); }));
        }},
    Row{"modules of a policy", 200,
        [](std::size_t n) -> std::function<void()> {
          return [text = "[deny]\nmodules = [" +
                         lines(n, [](auto i) { return fmt::format("\"m{}\",\n", i); }) +
                         "]\n"] { must_be_read(parse_policy(text)); };
        }},
    Row{"options of a policy", 200,
        [](std::size_t n) -> std::function<void()> {
          return [text = "[options]\n" + lines(n, [](auto i) {
                           return fmt::format("m{} = \"a=1\"\n", i);
                         })] { must_be_read(parse_policy(text)); };
        }},
    Row{"list of modules", 500,
        [](std::size_t n) {
          return parsing<parse_module_list>(
              lines(n, [](auto i) { return fmt::format("m{} 16384 0 -\n", i); }));
        }},
    Row{"rules of a keep class", 100,
        [](std::size_t n) {
          return parsing<parse_keep_class>("name = \"a\"\ntitle = \"T\"\n" + lines(n, [](auto i) {
                                             return fmt::format(
                                                 "[[keep]]\nmodule = \"m{}\"\nreason = \"R\"\n", i);
                                           }));
        }},
    Row{"lines of uevent", 500,
        [](std::size_t n) {
          return parsing<parse_uevent>(
              lines(n, [](auto i) { return fmt::format("MODALIAS=pci:v{}\n", i); }));
        }},
    Row{"rules of nftables", 300,
        [](std::size_t n) {
          return parsing<requests_of_nftables>(
              "table ip t {\n" +
              lines(n, [](auto i) { return fmt::format("type \"h{}\" helper limit log\n", i); }));
        }},
    Row{"rules of iptables", 300,
        [](std::size_t n) {
          return parsing<requests_of_iptables>(
              lines(n, [](auto i) { return fmt::format("-A INPUT -m m{0} -j T{0}\n", i); }));
        }},
    Row{"map of automount", 300,
        [](std::size_t n) {
          return parsing<requests_of_automount_map>(
              lines(n, [](auto i) { return fmt::format("d -fstype=f{} x\n", i); }));
        }},
    Row{"files of a compact snapshot", 200,
        [](std::size_t n) -> std::function<void()> {
          return [text = compact_snapshot(n)] { must_be_read(parse_snapshot(text)); };
        }},
    Row{"text made safe for JSON", 500,
        [](std::size_t n) -> std::function<void()> {
          return [text = lines(n, [](auto i) { return fmt::format("\u202e{}\u0085", i); })] {
            print_json(Json{{"text", text}});
          };
        }},
    Row{"difference of two files", 1500,
        [](std::size_t n) -> std::function<void()> {
          FileEdit edit;
          edit.before = {.kind = FileKind::file,
                         .content = lines(n, [](auto i) { return fmt::format("a{}\n", i); })};
          edit.after = {.kind = FileKind::file,
                        .content = lines(n, [](auto i) { return fmt::format("a{}\n", 2 * i); })};
          return [edit] { unified_diff(edit); };
        }},
};

}  // namespace

std::span<const Row> host_rows() { return rows; }

}  // namespace kmodsec::scaling
