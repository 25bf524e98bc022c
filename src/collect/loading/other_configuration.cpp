// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/other_configuration.hpp"

#include <iterator>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/loading/modprobe_conf.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_configurations = 64;

void read_file(const Root& root, const std::string& path, LoadConfig& config) {
  const auto text = root.read(path, configuration_limit);
  if (!text) {
    if (!is_absent(root, path, text.error()) && !has_no_lines(root, path, text.error()))
      config.unseen.push_back(unread_because(path, text.error()));
    return;
  }
  LoadConfig part = parse_modprobe_conf(*text, utf8_text(path));
  config.other_lines.insert(config.other_lines.end(), std::make_move_iterator(part.lines.begin()),
                            std::make_move_iterator(part.lines.end()));
}

void read_folder(const Root& root, std::string_view folder, LoadConfig& config) {
  const auto files = configuration_files(root, std::span(&folder, 1));
  if (!files) {
    config.unseen.push_back({std::string(folder), files.error().reason});
    return;
  }
  for (const auto& [name, path] : files->read) read_file(root, path, config);
}

}  // namespace

void read_other_configuration(const Root& root, LoadConfig& config) {
  std::set<std::string> paths;
  for (const LoadRequest& request : config.at_boot)
    paths.insert(request.configuration.begin(), request.configuration.end());
  std::size_t count = 0;
  for (const std::string& path : paths) {
    if (++count > most_configurations) {
      config.unseen.push_back({path, "too many files are named with modprobe --config"});
      return;
    }
    if (is_folder(root, path)) {
      read_folder(root, path, config);
    } else {
      read_file(root, path, config);
    }
  }
}

}  // namespace kmodsec
