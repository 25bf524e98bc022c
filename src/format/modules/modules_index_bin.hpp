// SPDX-License-Identifier: GPL-2.0-or-later
//
// The indexes that modprobe looks names up in: modules.dep.bin, modules.alias.bin. Each is a trie,
// all integers big-endian, and a key is spelt on the way from its root (kmod:
// libkmod/libkmod-index.c):
//
//   +--------------------------+  0
//   | magic 0xB007F457         |
//   | version, major << 16     |
//   | root node, a reference   |
//   +--------------------------+  12
//   | nodes                    |
//   +--------------------------+
//
// A reference is the offset of a node and, in its highest bits, which parts that node has:
//
//   +--------------------------+
//   | prefix, NUL              |  0x80000000: more of the key
//   +--------------------------+
//   | first, last: characters  |  0x20000000: a child for each of them, 0 where there is none
//   | references               |
//   +--------------------------+
//   | count                    |  0x40000000: what the key stands for
//   | priority | value, NUL    |
//   +--------------------------+
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// Module to path and dependencies, by key. An entry whose path is that of another module keeps the
/// name that it is looked up by.
Result<std::vector<IndexEntry>> parse_modules_dep_bin(std::string_view bytes);

/// Every path in it, of modules and of what they need: modprobe opens both as they stand there.
Result<std::vector<std::string>> paths_in_modules_dep_bin(std::string_view bytes);

/// Name to path of the modules that are asked for, as modprobe finds them: without a look at the
/// rest of the index, so that damage elsewhere goes unnoticed.
Result<std::map<std::string, std::string>> find_in_modules_dep_bin(
    std::string_view bytes, const std::set<std::string>& names);

/// Pattern to module, in the order in which modprobe tries them. Patterns are normalised: `-` is
/// `_` outside of brackets.
Result<std::vector<AliasEntry>> parse_modules_alias_bin(std::string_view bytes);

/// The names in modules.builtin.bin.
Result<std::vector<std::string>> parse_modules_builtin_bin(std::string_view bytes);

}  // namespace kmodsec
