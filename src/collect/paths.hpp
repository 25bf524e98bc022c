// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/host/ownership.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A small text file of the kernel, without its last newline.
Result<std::string> read_line(const Root& root, std::string_view path);

/// The same as valid UTF-8, for a fact.
Result<std::string> read_text(const Root& root, std::string_view path);

/// A number that is all that the file has.
Result<std::uint64_t> read_count(const Root& root, std::string_view path);

/// Whether there is a folder. An error of looking is not its absence: false only when it was seen
/// not to be there.
bool is_folder(const Root& root, std::string_view path);

/// The folders without those below /lib that are second names of ones below /usr/lib, where /lib
/// leads to it.
std::vector<std::string_view> folders_once(const Root& root,
                                           std::span<const std::string_view> folders);

/// Every folder and file on the way to a path, from the top of the tree, and where it ends: whoever
/// may write one of them may decide what stands at the end. A device that a link leads to, as
/// /dev/null, is left out: who writes it changes nothing.
struct Way {
  std::vector<Ownership> owners;
  Result<std::string> end;  ///< Or why it does not: not found, or more links than a kernel follows.
};
Way way_to(const Root& root, std::string_view path);

/// The same of a path that ends.
struct FollowedPath {
  std::string resolved;  ///< Bytes, as they stand in the folders.
  std::vector<Ownership> owners;
};
Result<FollowedPath> follow(const Root& root, std::string_view path);

}  // namespace kmodsec
