// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/signatures/keyrings.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "collect/kernel/kernel_config.hpp"
#include "format/kernel/proc_keys.hpp"
#include "system/kernel/live_keyrings.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view key_list = "/proc/keys";
constexpr std::size_t list_limit = 16UL * 1024 * 1024;

using KeysBySerial = std::map<std::uint32_t, KernelKey>;

Seen<std::vector<KernelKey>> members_of(const Root& root, std::uint32_t keyring,
                                        const KeysBySerial& keys) {
  if (!root.is_running_system())
    return failure(ErrorKind::unsupported, std::string(key_list),
                   "a captured tree does not show which keyring a key is in");
  const auto serials = live_keyring_members(keyring);
  if (!serials) return std::unexpected(serials.error());
  std::vector<KernelKey> members;
  for (const std::uint32_t serial : *serials) {
    if (const auto key = keys.find(serial); key != keys.end()) members.push_back(key->second);
  }
  return members;
}

}  // namespace

Seen<std::vector<Keyring>> collect_keyrings(const Root& root, const Seen<KernelConfig>& config) {
  const auto text = root.read(key_list, list_limit);
  const bool missing = !text && text.error().kind == ErrorKind::not_found;
  if (missing && is_built_without(config, "CONFIG_KEYS")) return std::vector<Keyring>{};
  if (!text) return std::unexpected(text.error());
  const std::vector<KeyEntry> entries = parse_proc_keys(*text);
  KeysBySerial keys;
  for (const KeyEntry& entry : entries) {
    if (auto key = parse_asymmetric_key(entry)) keys.emplace(entry.serial, std::move(*key));
  }
  std::vector<Keyring> keyrings;
  for (const KeyEntry& entry : entries) {
    auto keyring = parse_system_keyring(entry);
    if (!keyring) continue;
    keyring->members = members_of(root, entry.serial, keys);
    keyrings.push_back(std::move(*keyring));
  }
  if (keyrings.empty())
    return failure(ErrorKind::denied, std::string(key_list),
                   "the kernel's keyrings are not shown to this user");
  std::ranges::sort(keyrings, {}, &Keyring::name);
  return keyrings;
}

Seen<std::vector<Revocation>> collect_kernel_blacklist(const Root& root) {
  const auto text = root.read(key_list, list_limit);
  if (!text) return std::unexpected(text.error());
  std::vector<Revocation> revocations;
  for (const KeyEntry& entry : parse_proc_keys(*text)) {
    if (entry.type != "blacklist") continue;
    const std::string_view description = entry.description;
    const std::string_view hash = description.substr(description.find(':') + 1);
    const RevocationKind kind =
        description.starts_with("tbs:") ? RevocationKind::tbs : RevocationKind::file;
    revocations.push_back({kind, std::string(hash), ".blacklist"});
  }
  return revocations;
}

}  // namespace kmodsec
