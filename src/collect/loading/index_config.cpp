// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/index_config.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/loading/modprobe_conf.hpp"

namespace kmodsec {
namespace {

struct IndexFile {
  std::string_view name;
  Directive own;  ///< What depmod writes into it.
};

constexpr std::array<IndexFile, 2> index_files = {
    {{"modules.softdep", Directive::softdep}, {"modules.weakdep", Directive::weakdep}}};

/// The lines that depmod never writes there.
std::vector<ConfigLine> foreign_lines(const Root& root, const std::string& folder,
                                      const IndexFile& file, std::vector<Unseen>& unseen) {
  const std::string path = folder + "/" + std::string(file.name);
  const auto text = root.read(path, index_limit);
  if (!text) {
    if (text.error().kind != ErrorKind::not_found)
      unseen.push_back({utf8_text(path), text.error().reason});
    return {};
  }
  std::vector<ConfigLine> lines = parse_modprobe_conf(*text, utf8_text(path)).lines;
  std::erase_if(lines, [&](const ConfigLine& line) { return line.directive == file.own; });
  return lines;
}

bool is_read_after(const ConfigLine& line, std::string_view name) {
  return !line.source.contains("/modprobe.d/") || file_name(line.source) > name;
}

}  // namespace

void collect_index_config(const Root& root, ModuleTree& tree) {
  for (const IndexFile& file : index_files) {
    auto lines = foreign_lines(root, tree.folder, file, tree.unseen);
    std::ranges::move(lines, std::back_inserter(tree.index_lines));
  }
}

void add_index_config(const Root& image, LoadConfig& load) {
  for (const std::string_view folder : folders_once(image, module_folders)) {
    const auto kernels = image.list(folder);
    if (!kernels) continue;
    for (const Entry& kernel : *kernels) {
      for (const IndexFile& file : index_files) {
        auto lines =
            foreign_lines(image, std::string(folder) + "/" + kernel.name, file, load.unseen);
        const auto place = std::ranges::find_if(
            load.lines, [&](const ConfigLine& line) { return is_read_after(line, file.name); });
        load.lines.insert(place, std::make_move_iterator(lines.begin()),
                          std::make_move_iterator(lines.end()));
      }
    }
  }
}

}  // namespace kmodsec
