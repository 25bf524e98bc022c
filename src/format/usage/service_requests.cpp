// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/service_requests.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "format/host/encrypted_disks.hpp"
#include "format/host/mount_charsets.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_name = 64;

using Requests = std::set<std::string>;

std::vector<std::string> sorted(const Requests& requests) {
  return {requests.begin(), requests.end()};
}

bool is_service_name(std::string_view word) {
  return !word.empty() && word.size() <= longest_name && is_plain_text(word);
}

void add_all(std::string_view words, Requests& requests) {
  for (const std::string_view word : split_words(words)) requests.emplace(word);
}

bool is_comment(std::string_view line) {
  return line.empty() || line.starts_with('#') || line.starts_with(';');
}

/// Calls `visit(section, key, value)` for each "key = value" of a file with [sections].
template <class Visit>
void for_each_setting(std::string_view text, Visit visit) {
  std::string_view section;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    line = trim(line);
    if (is_comment(line)) return;
    if (line.starts_with('[') && line.ends_with(']')) {
      section = line.substr(1, line.size() - 2);
      return;
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return;
    visit(section, trim(line.substr(0, equals)), trim(line.substr(equals + 1)));
  });
}

std::vector<std::string> requests_of_setting(std::string_view text, std::string_view section,
                                             std::string_view key, std::string_view start) {
  Requests requests;
  for_each_setting(text, [&](std::string_view in, std::string_view name, std::string_view value) {
    if (in == section && name == key && is_service_name(value))
      requests.insert(fmt::format("{}{}", start, value));
  });
  return sorted(requests);
}

void add_file_system(std::string_view type, std::string_view options, Requests& requests) {
  if (!is_service_name(type)) return;
  requests.insert(fmt::format("fs-{}", type));
  for (std::string& charset : charsets_of_mount(type, options)) requests.insert(std::move(charset));
}

struct Start {
  std::string_view word;      ///< How a word of the file begins.
  std::string_view requests;  ///< Parted by blanks.
};

constexpr std::array kinds_of_netplan = {Start{"bridges:", "rtnl-link-bridge"},
                                         Start{"bonds:", "rtnl-link-bond"},
                                         Start{"vlans:", "rtnl-link-vlan"},
                                         Start{"vrfs:", "rtnl-link-vrf"},
                                         Start{"dummy-devices:", "rtnl-link-dummy"},
                                         Start{"virtual-ethernets:", "rtnl-link-veth"},
                                         Start{"wireguard", "rtnl-link-wireguard"},
                                         Start{"vxlan", "rtnl-link-vxlan"},
                                         Start{"gre", "rtnl-link-gre ip_gre"},
                                         Start{"sit", "rtnl-link-sit"},
                                         Start{"ipip", "rtnl-link-ipip"}};

constexpr std::array kinds_of_interfaces = {
    Start{"bridge_", "rtnl-link-bridge"}, Start{"bridge-", "rtnl-link-bridge"},
    Start{"bond_", "rtnl-link-bond"},     Start{"bond-", "rtnl-link-bond"},
    Start{"vlan_", "rtnl-link-vlan"},     Start{"vlan-", "rtnl-link-vlan"},
    Start{"v4tunnel", "rtnl-link-sit"},   Start{"tunnel", "rtnl-link-gre rtnl-link-ipip"},
    Start{"ppp", "ppp_generic pppoe"},    Start{"wireguard", "rtnl-link-wireguard"}};

/// What the words of a file that begin so come to; comments are left out.
std::vector<std::string> requests_of_words(std::string_view text, std::span<const Start> starts) {
  Requests requests;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    if (is_comment(trim(line))) return;
    for (const std::string_view word : split_words(trim(line))) {
      for (const Start& start : starts) {
        if (word.starts_with(start.word)) add_all(start.requests, requests);
      }
    }
  });
  return sorted(requests);
}

/// "aes-xts-plain64" and "capi:xts(aes)-plain64" are made of the names of ciphers.
void add_cipher(std::string_view cipher, Requests& requests) {
  std::string part;
  for (const char c : cipher) {
    if (is_plain_text({&c, 1}) && c != '-' && c != '.') {
      part += c;
      continue;
    }
    if (is_service_name(part)) requests.insert("crypto-" + part);
    part.clear();
  }
  if (is_service_name(part)) requests.insert("crypto-" + part);
}

}  // namespace

std::vector<std::string> requests_of_netdev(std::string_view text) {
  return requests_of_setting(text, "NetDev", "Kind", "rtnl-link-");
}

std::vector<std::string> requests_of_mount_unit(std::string_view text) {
  std::string_view type;
  std::string_view options;
  for_each_setting(text, [&](std::string_view in, std::string_view name, std::string_view value) {
    if (in == "Mount" && name == "Type") type = value;
    if (in == "Mount" && name == "Options") options = value;
  });
  Requests requests;
  add_file_system(type, options, requests);
  return sorted(requests);
}

std::vector<std::string> requests_of_connection(std::string_view text) {
  return requests_of_setting(text, "connection", "type", "rtnl-link-");
}

std::vector<std::string> requests_of_netplan(std::string_view text) {
  return requests_of_words(text, kinds_of_netplan);
}

std::vector<std::string> requests_of_interfaces(std::string_view text) {
  return requests_of_words(text, kinds_of_interfaces);
}

std::vector<std::string> requests_of_crypttab(std::string_view text) {
  constexpr std::string_view option = "cipher=";
  Requests requests;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(trim(line));
    if (words.size() < 2 || is_comment(words.front())) return;
    add_all(modules_of_encrypted_disk, requests);
    add_all(ciphers_of_luks, requests);
    for (const std::string_view one : split(words.back(), ',')) {
      if (one.starts_with(option)) add_cipher(one.substr(option.size()), requests);
    }
  });
  return sorted(requests);
}

std::vector<std::string> requests_of_mdadm(std::string_view text) {
  constexpr std::string_view array = "array";
  constexpr std::string_view level = "level=";
  constexpr std::size_t shortest_keyword = 3;
  Requests requests;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.empty() || words.front().size() < shortest_keyword) return;
    if (!array.starts_with(in_lower_case(words.front()))) return;
    requests.emplace("md_mod");
    const auto named =
        std::ranges::find_if(words, [&](std::string_view word) { return word.starts_with(level); });
    if (named == words.end())
      return add_all("md-raid0 md-raid1 md-raid10 md-raid4 md-linear", requests);
    const std::string_view value = named->substr(level.size());
    const bool is_number = parse_number<unsigned>(value, 10).has_value();
    if (is_service_name(value))
      requests.insert(fmt::format("md-{}{}", is_number ? "level-" : "", value));
  });
  return sorted(requests);
}

std::vector<std::string> requests_of_sysctl(std::string_view text) {
  Requests requests;
  for_each_setting(text, [&](std::string_view, std::string_view key, std::string_view value) {
    if (key.starts_with('-')) key.remove_prefix(1);
    std::string name(key);
    std::ranges::replace(name, '/', '.');
    if (name == "net.ipv4.tcp_congestion_control" && is_service_name(value))
      requests.insert(fmt::format("tcp_{}", value));
    if (name == "net.core.default_qdisc" && is_service_name(value))
      requests.insert(fmt::format("sch_{}", value));
    if (name.starts_with("net.bridge.bridge-nf-")) requests.emplace("br_netfilter");
    if (name.starts_with("net.netfilter.nf_conntrack_")) requests.emplace("nf_conntrack");
  });
  return sorted(requests);
}

std::vector<std::string> requests_of_automount_map(std::string_view text) {
  constexpr std::string_view option = "fstype=";
  Requests requests;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    if (is_comment(trim(line))) return;
    for (std::size_t at = line.find(option); at != std::string_view::npos; at = line.find(option)) {
      line.remove_prefix(at + option.size());
      const std::string_view options = line.substr(0, line.find_first_of(" \t"));
      add_file_system(options.substr(0, options.find(',')), options, requests);
    }
  });
  return sorted(requests);
}

std::vector<std::string> requests_of_exports(std::string_view text) {
  bool exports = false;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    exports = exports || !is_comment(trim(line));
  });
  if (!exports) return {};
  return {"nfsd"};
}

}  // namespace kmodsec
