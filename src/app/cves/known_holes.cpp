// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cves/known_holes.hpp"

#include <filesystem>
#include <memory>
#include <utility>

#include "collect/cves/known_holes_paths.hpp"
#include "collect/host/trusted_files.hpp"
#include "format/cves/known_holes.hpp"
#include "system/files/dir_root.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

Result<HolesInForce> given_holes(const std::string& given) {
  std::error_code ignored;
  const std::string path =
      std::filesystem::is_directory(given, ignored) ? given + "/holes.tsv" : given;
  auto text = read_host_file(path, known_holes_limit);
  if (!text) return std::unexpected(text.error());
  auto tables = read_known_holes(std::move(*text), path);
  if (!tables) return std::unexpected(tables.error());
  return HolesInForce{std::move(*tables), path, {}};
}

Result<KnownHoles> installed_holes(const Root& root) {
  const std::string path(installed_holes_path);
  auto text = read_trusted_file(root, path, known_holes_limit);
  if (!text) return std::unexpected(text.error());
  return read_known_holes(std::move(*text), path);
}

}  // namespace

Result<KnownHoles> read_known_holes(std::string text, const std::string& path) {
  const auto kept = std::make_shared<const std::string>(std::move(text));
  auto tables = parse_known_holes(*kept);
  if (!tables) return failure(tables.error().kind, path, tables.error().reason);
  tables->text = kept;
  return tables;
}

Result<HolesInForce> known_holes_of(const Root& root) {
  auto shipped = parse_known_holes(shipped_known_holes());
  if (!shipped) return std::unexpected(shipped.error());
  HolesInForce in_force{std::move(*shipped), {}, {}};
  auto installed = installed_holes(root);
  if (installed && installed->date > in_force.tables.date) {
    in_force.tables = std::move(*installed);
    in_force.path = installed_holes_path;
  }
  if (!installed && installed.error().kind != ErrorKind::not_found)
    in_force.unseen.push_back({std::string(installed_holes_path), installed.error().reason});
  return in_force;
}

Result<HolesInForce> known_holes_in_force(const Options& options) {
  if (!options.data.empty()) return given_holes(options.data);
  const auto root = open_running_system();
  if (!root) return std::unexpected(root.error());
  return known_holes_of(**root);
}

}  // namespace kmodsec
