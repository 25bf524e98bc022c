// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "support/random_facts.hpp"

namespace kmodsec::test {

/// A tree of files, in which no kernel runs, with modules that need each other: some are in order,
/// and some were altered after they were signed, are cut short, or have no signature.
Facts host_with_faulty_files(RandomFacts& random);

}  // namespace kmodsec::test
