// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/baseline/package_log.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "collect/host/ownership.hpp"
#include "collect/modules/rpm_packages.hpp"
#include "collect/unpack.hpp"
#include "format/host/dpkg_log.hpp"
#include "system/host/local_time.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view folder = "/var/log";
constexpr std::string_view log_name = "dpkg.log";
constexpr std::size_t log_limit = 64UL * 1024 * 1024;

/// dpkg.log, dpkg.log.1, dpkg.log.2.gz, ... (logrotate(8)).
bool is_log(const Entry& entry) {
  return entry.type == FileType::regular &&
         (entry.name == log_name || entry.name.starts_with(std::string(log_name) + "."));
}

/// A log proves something where nobody but root can have written it. Its folder may be open to the
/// group of another log daemon, which cannot make a file of root's there.
Result<std::string> read_log(const Root& root, const std::string& path) {
  const auto status = root.link_status(path);
  if (!status) return std::unexpected(status.error());
  const Ownership ownership = ownership_of(root, path, *status);
  if (others_may_write(ownership))
    return failure(ErrorKind::denied, path, "others than root may write it: it proves nothing");
  if (!ownership.unclear.empty()) return failure(ErrorKind::denied, path, ownership.unclear);
  auto bytes = root.read(path, log_limit);
  return bytes ? unpack_within(root.budget(), *bytes, log_limit) : bytes;
}

/// `not_found` without a log.
Result<std::vector<PackageTransaction>> dpkg_transactions(const Root& root, std::int64_t since) {
  const auto entries = root.list(folder);
  if (!entries) return std::unexpected(entries.error());
  std::vector<PackageTransaction> transactions;
  bool found = false;
  for (const Entry& entry : *entries) {
    if (!is_log(entry)) continue;
    found = true;
    const std::string path = std::string(folder) + "/" + entry.name;
    const auto text = read_log(root, path);
    if (!text) return failure(text.error().kind, path, text.error().reason);
    for (DpkgLogLine& line : parse_dpkg_log(*text)) {
      const auto time = local_time(line.time, root.is_running_system());
      if (time && *time >= since)
        transactions.push_back({*time, std::move(line.action), std::move(line.package),
                                std::move(line.from), std::move(line.to)});
    }
  }
  if (!found)
    return failure(ErrorKind::not_found, std::string(folder) + "/" + std::string(log_name),
                   "no log of package changes");
  std::ranges::stable_sort(transactions, {}, &PackageTransaction::time);
  return transactions;
}

}  // namespace

Seen<std::vector<PackageTransaction>> collect_package_log(const Root& root, std::int64_t since) {
  auto logged = dpkg_transactions(root, since);
  if (logged || logged.error().kind != ErrorKind::not_found) return logged;
  auto installed = collect_rpm_transactions(root, since);
  const bool has_no_rpm = !installed && installed.error().kind == ErrorKind::not_found;
  return has_no_rpm ? logged : installed;
}

}  // namespace kmodsec
