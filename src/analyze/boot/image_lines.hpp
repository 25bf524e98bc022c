// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// What a line of modprobe.d says of a module, as far as an image and its host may differ in it.
enum class LineSort { deny, options, alias, softdep };

/// Where the modprobe.d of an image says something else of one of its modules than that of the
/// host. One of the two has no such line, or each has lines that the other lacks.
struct LineDifference {
  std::string module;
  LineSort sort = LineSort::deny;
  std::vector<const ConfigLine*> of_host;
  std::vector<const ConfigLine*> of_image;
};

/// All of one image, by module. Only what its modprobe reads counts, and lines of modules that are
/// in it; two denies are the same, whichever program they run. Left out are lines of the host in
/// /run, which no image has, and, where `without_own_denies`, those of our own file of denies. The
/// facts must outlive what is returned.
std::vector<LineDifference> line_differences(const LoadConfig& host, const InitramfsImage& image,
                                             bool without_own_denies);

/// Lines of the image's own modprobe.d that run a command there which does more than deny, and that
/// the host does not have.
std::vector<const ConfigLine*> command_lines_of_image_alone(const LoadConfig& host,
                                                            const InitramfsImage& image);

}  // namespace kmodsec
