// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/module_content.hpp"
#include "target.hpp"

/// What is a module begins like one.
void kmodsec::examine(std::string_view input) {
  if (is_module_content(input)) require(may_begin_module(input.substr(0, 32)));
}
