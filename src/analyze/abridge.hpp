// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>

#include "model/facts.hpp"

namespace kmodsec {

/// Leaves out of the facts what no verdict rests on and what most of their room is for:
///
/// - of every module file the bytes of its signature, which was checked when it was read;
/// - of a file that a package vouches for by its digest, whose module is not loaded and which no
///   configuration gives parameters: its digests, build-id, sections, and the fields that only
///   `show` tells of. One that a revocation list names keeps all;
/// - the digests of modules in an initramfs that are the installed ones;
/// - what a changelog calls the changes that nobody took back.
///
/// `ModuleFile::left_out` tells what is gone. Whoever asks for it gets a gap.
void abridge(Facts& facts);

/// What to say where that of a file is asked for; nothing where all of it is there.
std::optional<Unseen> gap_left_by_abridging(const ModuleFile& file);

}  // namespace kmodsec
