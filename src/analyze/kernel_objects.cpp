// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/kernel_objects.hpp"

#include <array>
#include <vector>

#include "base/module_name.hpp"
#include "base/path.hpp"
#include "base/source_path.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view object_ending = ".o";

/// Reads the variables of one folder.
class Folder {
 public:
  Folder(std::string_view path, const KbuildVariables& variables, KernelObjects& objects)
      : path_(path), variables_(variables), objects_(objects) {}

  void add_modules(std::string_view list) {
    for (const std::string& base : objects_in(list)) {
      const std::string module = normalized_module_name(file_name(base));
      for (const std::string& part : parts_of(base)) add(part, module);
    }
  }

  void add_built_in(std::string_view list) {
    for (const std::string& base : objects_in(list)) {
      for (const std::string& part : parts_of(base)) add(part, {});
    }
  }

 private:
  /// Without their ".o".
  std::vector<std::string> objects_in(std::string_view list) const {
    std::vector<std::string> found;
    const auto words = variables_.find(list);
    if (words == variables_.end()) return found;
    for (const std::string& word : words->second) {
      if (word.ends_with(object_ending))
        found.push_back(word.substr(0, word.size() - object_ending.size()));
    }
    return found;
  }

  /// Those of a composite, or the object itself.
  std::vector<std::string> parts_of(const std::string& base) const {
    std::vector<std::string> parts;
    for (const std::string_view ending : {"-objs", "-y", "-m"}) {
      for (std::string& part : objects_in(base + std::string(ending)))
        parts.push_back(std::move(part));
    }
    if (parts.empty()) parts.push_back(base);
    return parts;
  }

  void add(const std::string& part, const std::string& module) {
    const bool is_whole = part.starts_with(path_) && part.substr(path_.size()).starts_with('/');
    const std::string path = resolved_source_path(is_whole ? part : path_ + "/" + part);
    if (!is_source_path(path)) return;
    KernelObject& object = objects_[path];
    if (module.empty())
      object.built_in = true;
    else
      object.modules.insert(module);
  }

  std::string path_;
  const KbuildVariables& variables_;
  KernelObjects& objects_;
};

}  // namespace

void add_kbuild_folder(std::string_view folder, const KbuildVariables& variables,
                       KernelObjects& objects) {
  Folder reader(folder, variables, objects);
  reader.add_modules("obj-m");
  for (const std::string_view list : {"obj-y", "lib-y", "lib-m", "extra-y"})
    reader.add_built_in(list);
}

void merge_objects(const KernelObjects& others, KernelObjects& objects) {
  for (const auto& [path, other] : others) {
    KernelObject& object = objects[path];
    object.modules.insert(other.modules.begin(), other.modules.end());
    object.built_in = object.built_in || other.built_in;
  }
}

}  // namespace kmodsec
