// SPDX-License-Identifier: GPL-2.0-or-later
// Written out, so that hundreds of units need not compile how each part is copied and destroyed.
#include "model/facts.hpp"

namespace kmodsec {

ModuleTree::ModuleTree() = default;
ModuleTree::ModuleTree(const ModuleTree&) = default;
ModuleTree::ModuleTree(ModuleTree&&) noexcept = default;
ModuleTree& ModuleTree::operator=(const ModuleTree&) = default;
ModuleTree& ModuleTree::operator=(ModuleTree&&) noexcept = default;
ModuleTree::~ModuleTree() = default;

Facts::Facts() = default;
Facts::Facts(const Facts&) = default;
Facts::Facts(Facts&&) noexcept = default;
Facts& Facts::operator=(const Facts&) = default;
Facts& Facts::operator=(Facts&&) noexcept = default;
Facts::~Facts() = default;

bool lacks_module_support(const Facts& facts) {
  return facts.live && !facts.kernel.modules_supported.value_or(true);
}

bool lacks_module_support(const Facts& facts, const ModuleTree& tree) {
  return lacks_module_support(facts) && facts.kernel.release == tree.release;
}

}  // namespace kmodsec
