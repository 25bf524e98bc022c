// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "analyze/usage/keep_set.hpp"
#include "model/derived.hpp"
#include "model/facts.hpp"
#include "model/policy/everything_else.hpp"

namespace kmodsec {

/// Every module of an installed kernel that is not kept (see usage/keep_set.hpp), but for those
/// that an exception opens, and what these need. Empty where the policy does not ask for it.
EverythingElse everything_else(const Facts& facts, KeepSetDetail detail = KeepSetDetail::whole);

/// That of an audit, where one was made; else one of names alone.
EverythingElse everything_else(const Facts& facts, const Derived& derived);

/// What speaks against denying this, in sentences: what was not seen and could need a module, and
/// what the record lacks. Nothing where no module is denied that was not denied before; where most
/// are denied already, and what is new comes with a kernel that never ran, a record of this host is
/// enough, however short it is.
std::vector<std::string> objections_to(const Facts& facts, const EverythingElse& all_else);

}  // namespace kmodsec
