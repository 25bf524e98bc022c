// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/signatures/given_certificates.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "format/signatures/certificate.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t certificate_limit = 16UL * 1024 * 1024;

Result<std::vector<std::string>> read_file(const std::string& path) {
  const auto bytes = read_host_file(path, certificate_limit);
  if (!bytes) return std::unexpected(bytes.error());
  auto certificates = parse_certificates(*bytes);
  if (!certificates) return failure(ErrorKind::usage, path, certificates.error().reason);
  return certificates;
}

Result<std::vector<std::string>> read_folder(const std::string& folder) {
  std::error_code failed;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    paths.push_back(entry.path());
  if (failed) return failure(ErrorKind::usage, folder, failed.message());
  std::ranges::sort(paths);
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    if (auto certificates = read_file(path))
      std::ranges::move(*certificates, std::back_inserter(found));
  }
  if (found.empty()) return failure(ErrorKind::usage, folder, "no file in it holds a certificate");
  return found;
}

}  // namespace

Result<std::vector<std::string>> read_given_certificates(const std::vector<std::string>& paths) {
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    std::error_code ignored;
    auto certificates =
        std::filesystem::is_directory(path, ignored) ? read_folder(path) : read_file(path);
    if (!certificates) return certificates;
    std::ranges::move(*certificates, std::back_inserter(found));
  }
  return found;
}

}  // namespace kmodsec
