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

using Lines = std::vector<ConfigLine>;

/// The lines of an index that kmod reads as configuration.
Seen<Lines> lines_of(const Root& root, const std::string& folder, const IndexFile& file,
                     std::vector<Unseen>& unseen) {
  const std::string path = folder + "/" + std::string(file.name);
  const auto text = root.read(path, index_limit);
  if (text) return parse_modprobe_conf(*text, utf8_text(path)).lines;
  if (text.error().kind != ErrorKind::not_found)
    unseen.push_back({utf8_text(path), text.error().reason});
  return std::unexpected(text.error());
}

/// Takes those away that depmod writes there.
std::vector<ConfigLine> take_own(std::vector<ConfigLine>& lines, const IndexFile& file) {
  const auto own = std::ranges::stable_partition(
      lines, [&](const ConfigLine& line) { return line.directive != file.own; });
  std::vector<ConfigLine> taken(std::make_move_iterator(own.begin()),
                                std::make_move_iterator(own.end()));
  lines.erase(own.begin(), own.end());
  return taken;
}

bool is_read_after(const ConfigLine& line, std::string_view name) {
  return !line.source.contains("/modprobe.d/") || file_name(line.source) > name;
}

}  // namespace

void collect_index_config(const Root& root, ModuleTree& tree) {
  for (const IndexFile& file : index_files) {
    auto lines = lines_of(root, tree.folder, file, tree.unseen);
    Seen<Lines> own = lines ? Seen<Lines>(take_own(*lines, file)) : std::unexpected(lines.error());
    if (lines) std::ranges::move(*lines, std::back_inserter(tree.index_lines));
    if (file.own == Directive::weakdep) tree.weakdeps = std::move(own);
  }
}

void add_index_config(const Root& image, LoadConfig& load) {
  for (const std::string_view folder : folders_once(image, module_folders)) {
    const auto kernels = image.list(folder);
    if (!kernels) continue;
    for (const Entry& kernel : *kernels) {
      for (const IndexFile& file : index_files) {
        auto seen = lines_of(image, std::string(folder) + "/" + kernel.name, file, load.unseen);
        Lines lines = std::move(seen).value_or(Lines{});
        take_own(lines, file);
        const auto place = std::ranges::find_if(
            load.lines, [&](const ConfigLine& line) { return is_read_after(line, file.name); });
        load.lines.insert(place, std::make_move_iterator(lines.begin()),
                          std::make_move_iterator(lines.end()));
      }
    }
  }
}

}  // namespace kmodsec
