// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/baseline/baseline.hpp"
#include "model/host/package_transaction.hpp"

namespace kmodsec {

enum class ChangeKind { added, removed, changed };

/// What differs of a file that is on both sides.
enum class ChangeAspect {
  content,       ///< Of what is no module.
  packing,       ///< The same code, compressed or signed anew.
  code,          ///< The module without its signature.
  signature,     ///< What is made of the signature.
  mode,          ///< Permission bits.
  owner,         ///< The user or the group.
  link,          ///< Where a symbolic link leads.
  capabilities,  ///< See capabilities(7).
};

/// A file that is not what the baseline says, and what explains that.
struct BaselineChange {
  ChangeKind kind = ChangeKind::changed;
  std::optional<BaselineEntry> was;
  std::optional<BaselineEntry> now;
  std::vector<ChangeAspect> aspects;
  std::string explanation;  ///< Empty when nothing explains it: it is suspicious.
  std::optional<PackageTransaction> transaction;
  std::string concern;  ///< Why it is suspicious.
  Severity severity = Severity::low;

  bool is_suspicious() const { return explanation.empty(); }
  const BaselineEntry& entry() const { return now ? *now : *was; }
};

/// What vouches for a generation beside itself, as far as this run has looked.
struct BaselineTrust {
  bool is_signed = false;  ///< Something stands for a signature; anybody can put it there.
  std::string
      signed_by;  ///< Fingerprint of the key that was given, and that made the signature, hex.
  bool is_expected = false;  ///< It is what the user said that it has to be, or newer.
};

/// Whose baseline it is, by the machine id.
enum class BaselineHost {
  same,
  another,
  unknown,  ///< The baseline, or the host, has no machine id.
};

/// What became of a baseline.
struct BaselineReport {
  Baseline baseline;  ///< Without its entries.
  BaselineTrust trust;
  BaselineHost host = BaselineHost::unknown;
  std::size_t files = 0;               ///< How many were looked at.
  std::optional<std::size_t> folders;  ///< The same; nothing where the baseline has none recorded.
  std::vector<BaselineChange> changes;
  std::vector<std::string> warnings;  ///< About the baseline itself: the clock, its age.
  std::vector<Unseen> unseen;

  std::size_t suspicious() const;
};

std::string_view to_string(ChangeKind kind);
std::string_view to_string(ChangeAspect aspect);

}  // namespace kmodsec
