// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>

#include "model/check.hpp"
#include "report/style.hpp"

namespace kmodsec {

using CheckList = std::span<const Check* const>;

std::string print_checks_text(CheckList checks, const Style& style);
std::string print_checks_json(CheckList checks, const Facts& facts);

/// The page docs/checks.md, made from the checks themselves so that it cannot drift.
std::string print_checks_markdown(CheckList checks);

std::string print_explanation_text(const Check& check, const Style& style);
std::string print_explanation_json(const Check& check, const Facts& facts);

}  // namespace kmodsec
