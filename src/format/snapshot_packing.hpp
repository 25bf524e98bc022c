// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>

#include <nlohmann/json.hpp>

#include "model/facts.hpp"

namespace kmodsec {

/// How much packed facts may grow when they are unpacked. Each of a few texts may stand for many.
class UnpackingLimit {
 public:
  /// Throws a `nlohmann::json::exception` where that is more than facts of a host are.
  void spend(std::size_t bytes, const nlohmann::json& of);

  static constexpr std::size_t each = 64;  ///< Bytes that a text takes beside its own.

 private:
  static constexpr std::size_t most_bytes = 256UL * 1024 * 1024;

  std::size_t spent_ = 0;
};

/// Moves into `packed` of the JSON of a tree what takes most of its room: indexes, aliases, files
/// whose details were left out, and the changelog. Nothing is lost: what would not be the same when
/// it is unpacked stays as it is.
void pack_tree(const ModuleTree& tree, nlohmann::json& json);

/// Adds what is packed to a tree that was read. Throws a `nlohmann::json::exception` for what is
/// damaged.
void unpack_tree(const nlohmann::json& json, UnpackingLimit& limit, ModuleTree& tree);

}  // namespace kmodsec
