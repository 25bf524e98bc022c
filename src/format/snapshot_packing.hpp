// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>

#include <nlohmann/json.hpp>

#include "base/budget.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// How much the packed facts of one document may grow when they are unpacked, by whoever writes it
/// and by whoever reads it. Each of a few texts may stand for many.
inline constexpr Limits unpacked_document{
    .bytes = 256ULL * 1024 * 1024, .entries = Limits::none, .seconds = Limits::none};

/// Bytes that an unpacked text takes beside its own.
inline constexpr std::size_t bytes_beside_text = 64;

/// Takes an unpacked text of so many bytes. Throws a `nlohmann::json::exception` where the budget
/// is spent.
void spend(Budget& budget, std::size_t bytes, const nlohmann::json& of);

/// Moves into `packed` of the JSON of a tree what takes most of its room: indexes, aliases, files
/// whose details were left out, and the changelog. Nothing is lost: what would not be the same when
/// it is unpacked stays as it is, and so does what the budget of the document has no room for.
void pack_tree(const ModuleTree& tree, Budget& budget, nlohmann::json& json);

/// Adds what is packed to a tree that was read. Throws a `nlohmann::json::exception` for what is
/// damaged.
void unpack_tree(const nlohmann::json& json, Budget& budget, ModuleTree& tree);

}  // namespace kmodsec
