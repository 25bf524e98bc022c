// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "analyze/modules/module_parameters.hpp"
#include "model/modules/module.hpp"

namespace kmodsec {

/// Why the kernel would refuse a parameter of a module with these fields of .modinfo, such as "has
/// no parameter numdumies; did you mean numdummies?". Empty when it takes it, and where the type is
/// the module's own, so that nothing tells (linux: kernel/params.c). How many values an array takes
/// is not known.
std::string parameter_fault(const std::vector<InfoField>& info, const ParameterWord& word);

}  // namespace kmodsec
