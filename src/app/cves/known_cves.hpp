// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/cves/known_cves.hpp"
#include "model/report.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A set of tables, and where it is from.
struct CvesInForce {
  KnownCves tables;
  std::string path;            ///< Empty: compiled in.
  std::vector<Unseen> unseen;  ///< An installed set that is passed over, and why.
};

/// Tables out of a file; the views point into `KnownCves::text`.
Result<KnownCves> read_known_cves(std::string text, const std::string& path);

/// The set of --data, where that is given: a file, or a folder with vulnerabilities.tsv. Else the
/// newer of the compiled-in set and the one that is installed on this host, which only root may
/// write. The machine that is looked at with --root has no say.
Result<CvesInForce> known_cves_in_force(const Options& options);

/// The newer of the compiled-in set and the one that is installed in this root; of the same day,
/// the installed one.
Result<CvesInForce> known_cves_of(const Root& root);

}  // namespace kmodsec
