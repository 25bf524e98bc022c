// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// Of names of modules, those that no installed kernel has, be it built in; sorted. None where no
/// kernel is installed, or where one was not seen: that one may have the name.
std::vector<std::string> names_of_no_kernel(const Facts& facts, std::span<const std::string> names);

}  // namespace kmodsec
