// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/kernel.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// A small text file of the kernel, without its last newline.
Result<std::string> read_line(const Root& root, std::string_view path);

/// The same as valid UTF-8, for a fact.
Result<std::string> read_text(const Root& root, std::string_view path);

/// A number that stands there alone.
Result<std::uint64_t> read_count(const Root& root, std::string_view path);

/// Nothing there is not an error of looking: false only when the folder was seen and is absent.
bool is_folder(const Root& root, std::string_view path);

/// The folders without those below /lib that are second names of ones below /usr/lib, where /lib
/// leads to it.
std::vector<std::string_view> folders_once(const Root& root,
                                           std::span<const std::string_view> folders);

/// Where a path leads, and every folder and file on the way: whoever may write one of them may
/// decide what stands at the end. Errors: not found, or more links than a kernel follows (40).
struct FollowedPath {
  std::string resolved;
  std::vector<Ownership> guards;
};
Result<FollowedPath> follow(const Root& root, std::string_view path);

Ownership ownership_of(std::string_view path, const FileStatus& status);

}  // namespace kmodsec
