// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/cves/upstream_version.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// Who built a kernel, and whether the version it bears tells which fixes it has.
struct KernelOrigin {
  std::string vendor;                       ///< "Debian", "kernel.org".
  std::optional<UpstreamVersion> upstream;  ///< Only where its maker follows a stable branch.
  std::optional<UpstreamVersion> base;      ///< The mainline release that it has all of, else.
  std::string package;  ///< Version of its package: "6.1.192-2", "5.15.0-101.111"; may be empty.
  std::string flavour;  ///< Of Ubuntu's kernels: "generic", "aws"; empty of the others.
  std::string source;   ///< What that was read from: "uname -v: … Debian 6.1.192-2".
  std::string why_not;  ///< Why the version tells nothing; empty when it does.
  std::string ask;      ///< Where its maker tells of a vulnerability; "{}" stands for its id.
};

/// Tells the origin of a kernel by its release (`uname -r`), its banner (`uname -v`, or that of its
/// image), and the distribution that it is installed in. Each may be empty.
KernelOrigin origin_of(std::string_view release, std::string_view banner,
                       const Distribution& distribution);

/// Tells the origin of an installed kernel. The banner is the running kernel's own, or that of its
/// image.
KernelOrigin origin_of(const Facts& facts, const ModuleTree& tree);

}  // namespace kmodsec
