// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cves/known_cves.hpp"

#include <filesystem>
#include <memory>
#include <utility>

#include "collect/cves/known_cves_paths.hpp"
#include "collect/host/trusted_files.hpp"
#include "format/cves/known_cves.hpp"
#include "system/files/dir_root.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

Result<CvesInForce> given_cves(const std::string& given) {
  std::error_code ignored;
  const std::string path =
      std::filesystem::is_directory(given, ignored) ? given + "/cves.tsv" : given;
  auto text = read_host_file(path, known_cves_limit);
  if (!text) return std::unexpected(text.error());
  auto tables = read_known_cves(std::move(*text), path);
  if (!tables) return std::unexpected(tables.error());
  return CvesInForce{std::move(*tables), path, {}};
}

Result<KnownCves> installed_cves(const Root& root) {
  const std::string path(installed_cves_path);
  auto text = read_trusted_file(root, path, known_cves_limit);
  if (!text) return std::unexpected(text.error());
  return read_known_cves(std::move(*text), path);
}

}  // namespace

Result<KnownCves> read_known_cves(std::string text, const std::string& path) {
  const auto kept = std::make_shared<const std::string>(std::move(text));
  auto tables = parse_known_cves(*kept);
  if (!tables) return failure(tables.error().kind, path, tables.error().reason);
  tables->text = kept;
  return tables;
}

Result<CvesInForce> known_cves_of(const Root& root) {
  auto shipped = parse_known_cves(shipped_known_cves());
  if (!shipped) return std::unexpected(shipped.error());
  CvesInForce in_force{std::move(*shipped), {}, {}};
  auto installed = installed_cves(root);
  if (installed && installed->date >= in_force.tables.date) {
    in_force.tables = std::move(*installed);
    in_force.path = installed_cves_path;
  }
  if (!installed && installed.error().kind != ErrorKind::not_found)
    in_force.unseen.push_back({std::string(installed_cves_path), installed.error().reason});
  return in_force;
}

Result<CvesInForce> known_cves_in_force(const Options& options) {
  if (!options.data.empty()) return given_cves(options.data);
  const auto root = open_running_system();
  if (!root) return std::unexpected(root.error());
  return known_cves_of(**root);
}

}  // namespace kmodsec
