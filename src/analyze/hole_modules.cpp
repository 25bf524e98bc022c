// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/hole_modules.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"

namespace kmodsec {
namespace {

bool is_outside_the_kernel(std::string_view file) {
  constexpr std::array<std::string_view, 4> tops = {"Documentation/", "tools/", "scripts/",
                                                    "samples/"};
  return file == "MAINTAINERS" ||
         std::ranges::any_of(tops, [&](auto top) { return file.starts_with(top); });
}

bool is_shared_header(std::string_view file) {
  return file.starts_with("include/") || (file.starts_with("arch/") && file.contains("/include/"));
}

std::string folder_of(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  return std::string(slash == std::string_view::npos ? "." : file.substr(0, slash));
}

/// What the files of one hole come to.
struct Sum {
  std::set<std::string> modules;
  bool built_in = false;
  bool by_rule = false;
  bool unknown = false;
  std::string core_folder;    ///< Of the first file that is no header below include/.
  std::string header_folder;  ///< Of the first one that is.
};

void add(const std::string& file, const ModuleFinder& finder, const FileIsKnown& is_known,
         Sum& sum) {
  if (is_shared_header(file)) {
    if (sum.header_folder.empty()) sum.header_folder = folder_of(file);
    return;
  }
  if (sum.core_folder.empty()) sum.core_folder = folder_of(file);
  const auto found = finder.find(file);
  if (!found) {
    const bool known = is_known(file);
    sum.unknown = sum.unknown || !known;
    sum.built_in = sum.built_in || (known && file.ends_with(".c"));
    return;
  }
  sum.modules.insert(found->modules.begin(), found->modules.end());
  sum.built_in = sum.built_in || found->built_in;
  sum.by_rule = sum.by_rule || (found->by_rule && !found->modules.empty());
}

HoleModules without_module(const Sum& sum) {
  const bool only_headers = sum.core_folder.empty();
  return {"@" + (only_headers ? sum.header_folder : sum.core_folder), only_headers ? "i"
                                                                      : sum.unknown && !sum.built_in
                                                                          ? "?"
                                                                          : ""};
}

}  // namespace

std::optional<HoleModules> modules_of_hole(const std::vector<std::string>& files,
                                           const ModuleFinder& finder,
                                           const FileIsKnown& is_known) {
  Sum sum;
  for (const std::string& file : files) {
    if (!is_outside_the_kernel(file)) add(file, finder, is_known, sum);
  }
  if (sum.core_folder.empty() && sum.header_folder.empty()) return std::nullopt;
  if (sum.modules.empty()) return without_module(sum);
  const std::vector<std::string> modules(sum.modules.begin(), sum.modules.end());
  return HoleModules{join(modules, ","),
                     std::string(sum.built_in ? "c" : "") + (sum.by_rule ? "h" : "")};
}

}  // namespace kmodsec
