// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/host_identity.hpp"

#include <cstddef>
#include <string_view>

#include "format/host/machine_id.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t limit = 4096;

using Parse = Result<std::string> (*)(std::string_view);

Seen<std::string> read_with(const Root& root, std::string_view path, Parse parse) {
  const auto text = root.read(path, limit);
  if (!text) return std::unexpected(text.error());
  auto value = parse(*text);
  if (!value) return failure(value.error().kind, std::string(path), value.error().reason);
  return value;
}

/// A tree that was captured from a host that runs has what its kernel said.
Seen<std::string> collect_name(const Root& root) {
  auto name = read_with(root, "/proc/sys/kernel/hostname", parse_host_name);
  return name ? name : read_with(root, "/etc/hostname", parse_host_name);
}

}  // namespace

HostIdentity collect_host_identity(const Root& root) {
  return {.name = collect_name(root),
          .machine_id = read_with(root, "/etc/machine-id", hashed_machine_id),
          .boot_id = read_with(root, "/proc/sys/kernel/random/boot_id", parse_boot_id)};
}

}  // namespace kmodsec
