// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/busybox_config.hpp"

#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/loading/busybox_conf.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_files = 4096;

class BusyboxReader {
 public:
  BusyboxReader(const Root& root, LoadConfig& config) : root_(root), config_(config) {}

  /// A file, or the files of a folder. Each once: one that includes itself adds nothing new.
  void read(const std::string& path) {
    if (seen_.size() >= most_files || !seen_.insert(path).second) return;
    if (is_folder(root_, path)) {
      read_folder(path);
    } else if (!file_name(path).starts_with('.')) {
      read_file(path);
    }
  }

 private:
  void read_folder(const std::string& path) {
    const auto entries = root_.list(path);
    if (!entries) {
      config_.unseen.push_back({utf8_text(path), entries.error().reason});
      return;
    }
    for (const Entry& entry : *entries) {
      const std::string file = path + "/" + entry.name;
      const bool is_read = entry.name.ends_with(".conf") && !entry.name.starts_with('.');
      if (is_read && !is_folder(root_, file)) read(file);
    }
  }

  void read_file(const std::string& path) {
    const auto text = root_.read(path, configuration_limit);
    if (!text) {
      if (!has_no_lines(root_, path, text.error()))
        config_.unseen.push_back(unread_because(path, text.error()));
      return;
    }
    BusyboxConf conf = parse_busybox_conf(*text, utf8_text(path));
    config_.busybox_lines.insert(config_.busybox_lines.end(),
                                 std::make_move_iterator(conf.lines.begin()),
                                 std::make_move_iterator(conf.lines.end()));
    for (const std::string& include : conf.includes) {
      if (include.starts_with('/')) read(include);
    }
  }

  const Root& root_;
  LoadConfig& config_;
  std::set<std::string> seen_;
};

}  // namespace

void read_busybox_configuration(const Root& root, LoadConfig& config) {
  if (config.loader.kind != LoaderKind::busybox) return;
  BusyboxReader reader(root, config);
  reader.read("/etc/modprobe.conf");
  reader.read("/etc/modprobe.d");
}

}  // namespace kmodsec
