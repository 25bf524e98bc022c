// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/access.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "collect/host/absence.hpp"
#include "collect/loading/device_nodes.hpp"
#include "collect/paths.hpp"

namespace kmodsec {
namespace {

/// Where the kernel shows its other settings but not this one, it has none.
bool has_no_such_setting(const Root& root, std::string_view path, const Error& error) {
  return is_absent(root, path, error) && root.status("/proc/sys/kernel/osrelease");
}

Seen<bool> read_setting(const Root& root, std::string_view path, bool without_it) {
  const auto value = read_count(root, path);
  if (value) return *value != 0;
  if (has_no_such_setting(root, path, value.error())) return without_it;
  return std::unexpected(why_not_seen(root, path, value.error()));
}

/// The setting comes with af_alg, and with Linux 7.3.
Seen<unsigned> read_af_alg(const Root& root) {
  constexpr std::string_view path = "/proc/sys/crypto/af_alg_restrict";
  constexpr std::uint64_t most = 2;
  const auto value = read_count(root, path);
  if (value) return static_cast<unsigned>(std::min(*value, most));
  if (has_no_such_setting(root, path, value.error()))
    return failure(ErrorKind::unsupported, std::string(path), "this kernel shows no such setting");
  return std::unexpected(why_not_seen(root, path, value.error()));
}

}  // namespace

AccessSettings collect_access(const Root& root, const std::vector<ModuleTree>& trees) {
  constexpr std::string_view apparmor = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";
  return {.userns_clone = read_setting(root, "/proc/sys/kernel/unprivileged_userns_clone", true),
          .user_namespaces = read_setting(root, "/proc/sys/user/max_user_namespaces", true),
          .apparmor_holds_userns = read_setting(root, apparmor, false),
          .ldisc_autoload = read_setting(root, "/proc/sys/dev/tty/ldisc_autoload", true),
          .af_alg_restrict = read_af_alg(root),
          .nodes = collect_device_nodes(root, trees)};
}

}  // namespace kmodsec
