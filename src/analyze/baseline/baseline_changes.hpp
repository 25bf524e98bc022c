// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "analyze/modules/index_agreement.hpp"
#include "model/baseline/baseline_change.hpp"
#include "model/seen.hpp"

namespace kmodsec {

/// What differs between two recordings, both sorted by path. What one of them does not tell is not
/// compared: a plain list of digests has nothing else.
std::vector<BaselineChange> find_changes(const std::vector<BaselineEntry>& was,
                                         const std::vector<BaselineEntry>& now);

/// What there is to explain changes with.
struct ChangeEvidence {
  Seen<std::vector<PackageTransaction>> transactions;  ///< Since the baseline, oldest first.
  std::set<std::string> asked_by_policy;  ///< Paths that are what kmodsec writes for the policy.
  const std::vector<BaselineEntry>* now = nullptr;  ///< Everything, changed or not.
  std::map<std::string, IndexAgreement> indexes;    ///< By kernel: of those whose indexes changed.
  std::set<std::string> unread_images;  ///< Paths of images of which nobody knows what they hold.
  std::map<std::string, Seen<PackageClaim>> removed;  ///< Who has a file that is gone, by path.
  std::map<std::string, std::string> open_to_others;  ///< Why others may write a path.
  std::set<std::string> still_there;  ///< Files that nothing leads to any more, by path.
  /// Held against a list of digests, which has no date, and nothing of what is in an image.
  bool is_digest_list = false;
};

/// Ties each change to what explains it, or says why it is suspicious. A digest of a package alone
/// explains nothing, for its database can be rewritten like any file: a transaction has to tell of
/// the change, and a signature that was valid has to be valid still. A name alone explains nothing
/// either: without a digest, a valid signature has to vouch for the content. What DKMS built needs
/// a transaction of its source or its kernel, and a signature as good as before. An index is
/// explained by what the module files say: see `hold_against_files`. Of the members of images,
/// which a list of digests cannot have, only those stay that are not the same as a file of the
/// host.
void explain_changes(const ChangeEvidence& evidence, std::vector<BaselineChange>& changes);

/// Marks a change that nothing explains.
void suspect(BaselineChange& change, Severity severity, std::string concern);

}  // namespace kmodsec
