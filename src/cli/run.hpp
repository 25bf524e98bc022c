// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace kmodsec {

/// The whole program: reads the command line, runs the verb, writes its answer. Returns the exit
/// code.
int run(int argc, const char* const* argv);

}  // namespace kmodsec
