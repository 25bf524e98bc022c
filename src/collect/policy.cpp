// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/policy.hpp"

#include "format/policy.hpp"

namespace kmodsec {

Seen<Policy> collect_policy(const Root& root) {
  constexpr std::string_view path = "/etc/kmodsec/policy.toml";
  constexpr std::size_t limit = 1024UL * 1024;
  const auto text = root.read(path, limit);
  if (!text && text.error().kind == ErrorKind::not_found) return Policy{};
  if (!text) return std::unexpected(text.error());
  auto policy = parse_policy(*text);
  if (!policy) return failure(policy.error().kind, std::string(path), policy.error().reason);
  policy->source = path;
  return policy;
}

}  // namespace kmodsec
