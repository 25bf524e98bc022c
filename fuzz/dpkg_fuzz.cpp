// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/dpkg.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const std::string_view path : module_paths_of_list(input)) {
    require(path.find('\n') == std::string_view::npos);
    package_of_info_file(path);
  }
  for (const std::string_view path : paths_of_list(input))
    require(path.find('\n') == std::string_view::npos);
  for (const auto& [path, digest] : parse_md5sums(input)) require(digest.size() == 32);
  const std::string_view name = input.substr(0, input.find('\n'));
  installed_version(input, name);
  for (const auto& [path, digest] : conffiles_of(input, name)) require(!digest.empty());
}
