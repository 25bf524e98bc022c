// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "analyze/modules/module_parameters.hpp"
#include "model/modules/module.hpp"

namespace kmodsec {

/// What the kernel would make of a parameter of a module.
struct ParameterVerdict {
  bool known = true;    ///< One of the module's own, or one that every module takes.
  std::string nearest;  ///< Of one that is not, the name of its own that it may stand for.
  std::string fault;    ///< See `parameter_fault`.
};

/// The verdict for a module with these fields of .modinfo.
ParameterVerdict judge_parameter(const std::vector<InfoField>& info, const ParameterWord& word);

/// Why the kernel would refuse a parameter of a module with these fields of .modinfo, such as "has
/// no parameter numdumies; did you mean numdummies?". Empty when it takes it, and where the type is
/// the module's own, so that nothing tells (linux: kernel/params.c). How many values an array takes
/// is not known.
std::string parameter_fault(const std::vector<InfoField>& info, const ParameterWord& word);

}  // namespace kmodsec
