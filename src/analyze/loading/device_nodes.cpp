// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/device_nodes.hpp"

#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "analyze/modules/pattern.hpp"
#include "model/modules/device_alias.hpp"

namespace kmodsec {
namespace {

constexpr std::uint32_t for_others = 06;
constexpr std::uint32_t for_the_group = 060;
constexpr std::uint32_t for_the_owner = 0600;
constexpr std::string_view by_path = "devname:";

struct Rule {
  std::string_view alias;  ///< Or its start, up to a number.
  std::string_view node;
  std::string_view group;  ///< Empty: everybody.
};

/// systemd: rules.d/50-udev-default.rules; what stands in no rule is of root.
constexpr std::array udev_rules = {
    Rule{"devname:fuse", "/dev/fuse", ""},
    Rule{"char-major-10-229", "/dev/fuse", ""},
    Rule{"devname:net/tun", "/dev/net/tun", ""},
    Rule{"char-major-10-200", "/dev/net/tun", ""},
    Rule{"devname:vfio/vfio", "/dev/vfio/vfio", ""},
    Rule{"char-major-10-196", "/dev/vfio/vfio", ""},
    Rule{"devname:rfkill", "/dev/rfkill", "netdev"},
    Rule{"devname:kvm", "/dev/kvm", "kvm"},
    Rule{"devname:vhost-net", "/dev/vhost-net", "kvm"},
    Rule{"devname:vhost-vsock", "/dev/vhost-vsock", "kvm"},
    Rule{"devname:loop-control", "/dev/loop-control", "disk"},
    Rule{"devname:btrfs-control", "/dev/btrfs-control", "disk"},
    Rule{"devname:snd/seq", "/dev/snd/seq", "audio"},
    Rule{"devname:snd/timer", "/dev/snd/timer", "audio"},
    Rule{"char-major-116-", "/dev/snd/*", "audio"},
    Rule{"char-major-14-", "/dev/snd/*", "audio"},
    Rule{"char-major-81-", "/dev/video*", "video"},
    Rule{"char-major-226-", "/dev/dri/*", "video"},
    Rule{"char-major-29-", "/dev/fb*", "video"},
    Rule{"char-major-13-", "/dev/input/*", "input"},
    Rule{"char-major-6-", "/dev/lp*", "lp"},
    Rule{"char-major-99-", "/dev/parport*", "lp"},
    Rule{"char-major-9-", "/dev/st*", "tape"},
    Rule{"char-major-4-", "/dev/ttyS*", "dialout"},
    Rule{"char-major-166-", "/dev/ttyACM*", "dialout"},
    Rule{"char-major-188-", "/dev/ttyUSB*", "dialout"},
    Rule{"block-major-11-", "/dev/sr*", "cdrom"},
    Rule{"block-major-", "its block devices", "disk"},
};

std::string alias_of(const DeviceNode& node) {
  const std::size_t colon = node.number.find(':');
  if (node.number.empty() || colon == std::string::npos) return {};
  return fmt::format("{}-major-{}-{}", node.number[0] == 'b' ? "block" : "char",
                     node.number.substr(1, colon - 1), node.number.substr(colon + 1));
}

bool stands_for(const std::string& alias, const DeviceNode& node) {
  if (alias.starts_with(by_path)) return node.path == "/dev/" + alias.substr(by_path.size());
  return matches_pattern(alias, alias_of(node));
}

std::optional<Attacker> who_opens(const DeviceNode& node) {
  const std::string open = "open(2) of " + node.path;
  if ((node.mode & for_others) != 0) return Attacker{AttackerPosition::local, open};
  if ((node.mode & for_the_group) != 0 && node.gid != 0)
    return Attacker{AttackerPosition::local_group,
                    fmt::format("{} by members of {}", open, node.group)};
  if ((node.mode & for_the_owner) != 0 && node.uid != 0)
    return Attacker{AttackerPosition::local_group,
                    fmt::format("{} by its owner, uid {}", open, node.uid)};
  return std::nullopt;
}

}  // namespace

bool is_node_alias(std::string_view alias) {
  return alias.starts_with(by_path) || parse_device_alias(alias).has_value();
}

std::optional<Attacker> who_opens(const std::string& alias, const std::vector<DeviceNode>& nodes) {
  std::optional<Attacker> easiest;
  for (const DeviceNode& node : nodes) {
    if (!stands_for(alias, node)) continue;
    const auto who = who_opens(node);
    if (who && (!easiest || who->position < easiest->position)) easiest = who;
  }
  return easiest;
}

std::optional<Attacker> who_opens_by_default(std::string_view alias) {
  for (const Rule& rule : udev_rules) {
    const bool fits =
        rule.alias.ends_with('-') ? alias.starts_with(rule.alias) : alias == rule.alias;
    if (!fits) continue;
    const std::string open = fmt::format("open(2) of {}", rule.node);
    if (rule.group.empty()) return Attacker{AttackerPosition::local, open};
    return Attacker{AttackerPosition::local_group,
                    fmt::format("{} by members of {}", open, rule.group)};
  }
  return std::nullopt;
}

}  // namespace kmodsec
