// SPDX-License-Identifier: GPL-2.0-or-later
//
// From a file of the kernel's source to the modules that it is in: by what the Makefiles say, else
// by rules that have been held against them (docs/known-holes-data.md).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "analyze/kernel_objects.hpp"

namespace kmodsec {

struct FoundModules {
  std::set<std::string> modules;
  bool built_in = false;
  bool by_rule = false;  ///< No Makefile names the file.
};

class ModuleFinder {
 public:
  /// The objects have to outlive it.
  explicit ModuleFinder(const KernelObjects& objects);

  /// Nothing when neither a Makefile nor a rule tells.
  std::optional<FoundModules> find(std::string_view file) const;

 private:
  struct Folder {
    std::set<std::string> modules;
    std::set<std::string> below;  ///< Those of the folders in it as well.
    bool has_built_in_below = false;
    std::size_t objects = 0;
    std::size_t built_in = 0;  ///< Of the objects.
    std::size_t modules_of_one_file = 0;
  };

  const KernelObject* object(std::string_view path) const;
  std::optional<std::string> by_rule(std::string_view path, bool is_compiled) const;
  std::optional<std::string> only_one_in(std::string_view folder) const;
  std::optional<std::string> of_same_name(std::string_view path) const;
  std::optional<std::string> only_one_below(std::string_view folder) const;
  std::optional<std::string> of_one_file(std::string_view path) const;
  void add_to_folders(const std::string& path, const KernelObject& object);

  const KernelObjects& objects_;
  std::map<std::string, Folder, std::less<>> folders_;
  std::map<std::string, std::set<std::string>, std::less<>> same_names_;
  std::map<std::string, std::size_t, std::less<>> parts_;  ///< How many each module has.
};

}  // namespace kmodsec
