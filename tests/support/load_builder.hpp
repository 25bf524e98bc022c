// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/facts_builder.hpp"

namespace kmodsec::test {

/// A healthy machine with these lines in a file of modprobe.d, and the indexes of its kernel seen.
/// "dummy" is there to be loaded, "ext4" is built in, and "fs-isofs" is an alias of "isofs".
Facts machine_with_lines(std::string_view text, const std::string& file = "/etc/modprobe.d/a.conf");

/// Adds lines of another file, read after those that are there.
void add_lines(Facts& facts, std::string_view text, const std::string& file);

/// What the kernel runs for a request was not seen, and the program that is supposed to be it is
/// none that is known.
void assume_loader(Facts& facts);

/// Adds a second kernel, with the same modules.
ModuleTree& add_kernel(Facts& facts, const std::string& release);

/// Passes when nothing is configured, and is unknown when the configuration, or a file of it, was
/// not seen.
void expect_to_need_the_configuration(std::string_view id);

/// Unknown when an index of the kernel was not seen, or whether there are others.
void expect_to_need_the_indexes(std::string_view id, Facts facts);

}  // namespace kmodsec::test
