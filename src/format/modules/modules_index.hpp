// SPDX-License-Identifier: GPL-2.0-or-later
//
// The text indexes that depmod(8) writes beside the modules of a kernel. Lines of another form,
// and comments, are left out.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// modules.dep: "kernel/a/b.ko.xz: kernel/c.ko kernel/d.ko". Paths stay as they are in the file.
std::vector<IndexEntry> parse_modules_dep(std::string_view text);

/// Every path in it, of modules and of what they need: modprobe opens both as they stand there.
std::vector<std::string_view> paths_in_modules_dep(std::string_view text);

/// The same of one line, as libkmod parts it: at blanks and tabs alone.
std::vector<std::string_view> paths_in_dependency_line(std::string_view line);

/// Name to path of the modules that are asked for, without their dependencies. Of several with one
/// name the first counts. Agrees with `parse_modules_dep`.
std::map<std::string, std::string> find_in_modules_dep(std::string_view text,
                                                       const std::set<std::string>& names);

/// modules.alias: "alias PATTERN MODULE".
std::vector<AliasEntry> parse_modules_alias(std::string_view text);

/// modules.devname: "MODULE PATH c10:203".
std::vector<StaticNode> parse_modules_devname(std::string_view text);

/// modules.softdep: "softdep MODULE pre: A B post: C". Names outside a pre or post list count for
/// nothing, as in libkmod, which reads the file like one of modprobe.d: see `parse_modprobe_conf`
/// for its other lines.
std::vector<SoftDependency> parse_modules_softdep(std::string_view text);

/// modules.builtin: one path in each line, as the module would have it.
std::vector<BuiltinModule> parse_modules_builtin(std::string_view text);

/// modules.builtin.modinfo: NUL-separated "MODULE.KEY=VALUE", for kernels since 5.2.
void add_builtin_modinfo(std::vector<BuiltinModule>& modules, std::string_view bytes);

}  // namespace kmodsec
