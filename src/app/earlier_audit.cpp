// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/earlier_audit.hpp"

#include "format/earlier_audit.hpp"
#include "format/files/json.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {

Result<EarlierAudit> read_earlier_audit(const Options& options, const std::string& path) {
  const auto bytes = read_host_file(path, earlier_audit_limit);
  if (!bytes) return std::unexpected(bytes.error());
  options.budget->take_bytes(bytes->size());
  options.budget->take_entries(most_json_values(*bytes));
  if (const auto left = options.budget->check(path); !left) return std::unexpected(left.error());
  auto earlier = parse_earlier_audit(*bytes);
  if (!earlier) return failure(earlier.error().kind, path, earlier.error().reason);
  return earlier;
}

}  // namespace kmodsec
