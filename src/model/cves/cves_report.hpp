// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/cves/cve_verdict.hpp"
#include "model/cves/known_cves.hpp"
#include "model/loading/load_paths.hpp"
#include "model/modules/module_use.hpp"
#include "model/report.hpp"
#include "model/vulnerability_counts.hpp"

namespace kmodsec {

/// One vulnerability of a module, held against one kernel.
struct CveAnswer {
  const KnownCve* cve = nullptr;
  CveVerdict verdict;
  AttackerPosition position =
      AttackerPosition::root;  ///< The least that somebody needs to get at it here.
};

/// What can be done about the open vulnerabilities of a module.
enum class MitigationKind {
  update,      ///< To a version that has the fix.
  deny,        ///< Nothing here uses the module.
  unload,      ///< It is loaded, and nothing uses it: unload it, and deny it.
  in_use,      ///< Something uses it.
  built_in,    ///< No configuration of modprobe keeps it out.
  not_closed,  ///< A deny would leave a load path open.
  ask_maker,   ///< The version of this kernel tells nothing.
  newer_data,  ///< The tables are older than this kernel.
};

struct Mitigation {
  MitigationKind kind = MitigationKind::update;
  std::string words;
};

/// The vulnerabilities of one module of one kernel.
struct ModuleCves {
  std::string name;
  std::string kernel;  ///< Release.
  Presence presence = Presence::absent;
  std::optional<bool> loaded;
  bool denied = false;
  bool unknown = false;  ///< See `ModuleLoadPaths`, as for what is above.
  AttackerPosition position = AttackerPosition::none;  ///< Of the module: who uses it if it is
                                                       ///< in, who brings it in if not.
  std::string trigger;
  ModuleUse use;
  VulnerabilityCounts counts;   ///< Of all that the tables name, whatever is shown.
  std::vector<CveAnswer> cves;  ///< The worst first.
  std::vector<Mitigation> mitigations;
};

/// A kernel that was asked about, and what its version tells.
struct KernelWithCves {
  std::string release;
  std::string vendor;
  std::string version;      ///< Upstream's; empty where it tells nothing.
  std::string source;       ///< What that was read from.
  std::string why_not;      ///< Why it tells nothing, or of fewer modules.
  bool has_modules = true;  ///< Loadable or built in, as far as was seen.
  bool newer_than_data = false;
  std::string changelog;  ///< Path of the one that was read; may be empty.
};

/// The counts are of every module in the kernels that were asked about, whatever is shown.
struct CveCounts {
  std::size_t modules = 0;   ///< With an open vulnerability.
  std::size_t affected = 0;  ///< Pairs of module and vulnerability, as for the next.
  std::size_t under_investigation = 0;
  std::size_t notable = 0;  ///< Open ones with an exploit.
};

struct Facts;

/// The answer of `cves`.
struct CvesReport {
  const Facts* facts = nullptr;
  const KnownCves* known = nullptr;
  std::int64_t now = 0;  ///< When the machine was looked at: seconds since 1970-01-01T00:00:00Z.
  std::vector<KernelWithCves> kernels;
  std::vector<ModuleCves> modules;
  CveCounts counts;
  std::vector<std::string> deniable;  ///< Shown modules whose deny would hold and break nothing.
  std::vector<Unseen> unseen;
};

inline bool is_open(VexStatus status) {
  return status == VexStatus::affected || status == VexStatus::under_investigation;
}

/// It runs already, whoever brought it in.
inline bool is_in_kernel(const ModuleCves& module) {
  return module.presence == Presence::builtin || module.loaded.value_or(false);
}

inline bool is_notable(const CveAnswer& answer) {
  return answer.cve->exploit != Exploit::none && is_open(answer.verdict.status);
}

/// Counts the verdicts on the vulnerabilities of one module.
VulnerabilityCounts counts_of(const std::vector<CveAnswer>& answers);

/// The words of the JSON documents.
std::string_view to_string(MitigationKind kind);

}  // namespace kmodsec
