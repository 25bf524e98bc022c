// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/keep_classes.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/masked_paths.hpp"
#include "collect/host/trusted_files.hpp"
#include "format/usage/keep_class.hpp"
#include "model/usage/shipped_keep_classes.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view own_classes_folder = "/etc/kmodsec/keep-classes.d";
constexpr std::string_view ending = ".toml";
constexpr std::size_t file_limit = 1024UL * 1024;
constexpr std::size_t most_files = 256;

using Classes = std::map<std::string, KeepClass>;

Result<void> add_class(std::string_view text, std::string_view file, Classes& classes) {
  auto parsed = parse_keep_class(text);
  if (!parsed) return failure(parsed.error().kind, utf8_text(file), parsed.error().reason);
  if (file_name(file) != parsed->name + std::string(ending))
    return failure(
        ErrorKind::malformed, utf8_text(file),
        fmt::format("its name is '{0}', so the file must be {0}{1}", parsed->name, ending));
  std::string name = parsed->name;
  classes.insert_or_assign(std::move(name), std::move(*parsed));
  return {};
}

Result<Classes> read_shipped() {
  Classes classes;
  for (const EmbeddedFile& file : shipped_keep_classes()) {
    if (auto added = add_class(file.text, file.name, classes); !added)
      return std::unexpected(added.error());
  }
  return classes;
}

Result<void> add_own(const Root& root, Classes& classes) {
  const auto files = toml_files(root, std::string(own_classes_folder));
  if (!files) return std::unexpected(files.error());
  if (files->empty()) return {};
  if (files->size() > most_files)
    return failure(ErrorKind::too_large, std::string(own_classes_folder), "too many keep classes");
  if (auto told = owners_can_be_told(root); !told) return told;
  for (const std::string& path : *files) {
    const auto text = read_trusted_file(root, path, file_limit);
    if (!text) return std::unexpected(text.error());
    if (auto added = add_class(*text, path, classes); !added) return added;
  }
  return {};
}

std::vector<KeepClass> sorted(Classes classes) {
  std::vector<KeepClass> list;
  for (auto& [name, keep_class] : classes) list.push_back(std::move(keep_class));
  return list;
}

}  // namespace

Result<std::vector<KeepClass>> shipped_classes() {
  auto classes = read_shipped();
  if (!classes) return std::unexpected(classes.error());
  return sorted(std::move(*classes));
}

Result<std::vector<KeepClass>> collect_keep_classes(const Root& root) {
  auto classes = read_shipped();
  if (!classes) return std::unexpected(classes.error());
  if (auto added = add_own(root, *classes); !added) return std::unexpected(added.error());
  return sorted(std::move(*classes));
}

}  // namespace kmodsec
