// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/options.hpp"
#include "state/baseline_store.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

struct BaselineOptions : ChangeOptions {
  std::string against;     ///< A baseline kept elsewhere.
  std::string public_key;  ///< That has signed.
  std::string expect;      ///< The number or the digest of the generation that has to be there.
};

/// Where a file lies that the user named. One below --root is a file of that tree, whose links do
/// not lead out of it; every other one is of this host.
struct StorePlace {
  std::string tree;  ///< The folder of the tree; empty for this host.
  std::string path;  ///< Inside the tree, or absolute.
  std::unique_ptr<Root> root;
};

Result<StorePlace> place_of(const Options& options, const std::string& path);

/// `denied` where others than root may write a file or its folder, saying what follows from that.
/// What is not there yet nobody has written.
Result<void> is_roots_alone(const Root& root, const std::string& path,
                            std::string_view consequence);

/// --store, or the one of this host. For a tree, --store has to be given.
Result<std::string> store_path(const BaselineOptions& options);

/// Whether it is this host's own store, named or not, which every check is noted in. Any other one
/// is evidence: looking at it changes nothing.
bool is_own_store(const BaselineOptions& options);

/// The bytes of the store, not of its journal; none at all where there is no store. Errors: `io`
/// for one that was left half written; `denied` for this host's own when others than root may
/// change it.
Result<std::string> read_store(const BaselineOptions& options);

/// Changes a copy of the store in memory, and puts it in the place of the old one. Other runs that
/// change it wait. With `create` it, and its folder, are made where they are missing. Errors:
/// `usage` for the store of this host where a tree is looked at.
using ChangeStore = std::function<Result<void>(BaselineStore&)>;
Result<void> change_store(const BaselineOptions& options, bool create, const ChangeStore& change);

}  // namespace kmodsec
