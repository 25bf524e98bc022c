// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/kernel_origin.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kmodsec {
namespace {

/// What tells a maker: a mark in the release or in the banner, or the name of the distribution.
struct Maker {
  std::string_view in_release;
  std::string_view in_banner;
  std::string_view distribution;
  std::string_view vendor;
  std::string_view ask;  ///< Empty: it follows a stable branch.
};

constexpr std::string_view debian_mark = "Debian ";
constexpr std::string_view ask_red_hat =
    "rpm -q --changelog of its package, and https://access.redhat.com/security/cve/{}";
constexpr std::string_view ask_suse =
    "rpm -q --changelog of its package, and https://www.suse.com/security/cve/{}.html";
constexpr std::string_view ask_ubuntu = "pro fix {}, and https://ubuntu.com/security/{}";
constexpr std::string_view ask_oracle = "https://linux.oracle.com/cve/{}.html";
constexpr std::string_view ask_proxmox = "the changelog of the package proxmox-kernel";
constexpr std::string_view ask_android = "the security bulletins of the device's maker";

/// The first that fits decides: marks in the kernel before the distribution around it. Those with a
/// fixed base take fixes out of upstream's order, so that their version tells nothing.
constexpr std::array makers = {
    Maker{"-pve", "", "", "Proxmox", ask_proxmox},
    Maker{"", debian_mark, "", "Debian", ""},
    Maker{"uek", "", "", "Oracle (UEK)", ask_oracle},
    Maker{"android", "", "", "Android", ask_android},
    Maker{".el7", "", "", "Red Hat or a rebuild", ask_red_hat},
    Maker{".el8", "", "", "Red Hat or a rebuild", ask_red_hat},
    Maker{".el9", "", "", "Red Hat or a rebuild", ask_red_hat},
    Maker{".el10", "", "", "Red Hat or a rebuild", ask_red_hat},
    Maker{"", "Ubuntu", "", "Ubuntu", ask_ubuntu},
    Maker{".fc", "", "", "Fedora", ""},
    Maker{".amzn", "", "", "Amazon Linux", ""},
    Maker{".azl", "", "", "Azure Linux", ""},
    Maker{".cm2", "", "", "Azure Linux", ""},
    Maker{"", "", "ubuntu", "Ubuntu", ask_ubuntu},
    Maker{"", "", "rhel", "Red Hat or a rebuild", ask_red_hat},
    Maker{"", "", "centos", "Red Hat or a rebuild", ask_red_hat},
    Maker{"", "", "ol", "Oracle", ask_oracle},
    Maker{"", "", "sles", "SUSE", ask_suse},
    Maker{"", "", "sled", "SUSE", ask_suse},
    Maker{"", "", "sle-micro", "SUSE", ask_suse},
    Maker{"", "", "sl-micro", "SUSE", ask_suse},
    Maker{"", "", "opensuse-leap", "SUSE", ask_suse},
    Maker{"", "", "opensuse-tumbleweed", "openSUSE Tumbleweed", ""},
    Maker{"", "", "arch", "Arch Linux", ""},
    Maker{"", "", "alpine", "Alpine Linux", ""},
    Maker{"", "", "gentoo", "Gentoo", ""},
    Maker{"", "", "nixos", "NixOS", ""},
    Maker{"", "", "void", "Void Linux", ""},
    Maker{"", "", "flatcar", "Flatcar", ""},
    Maker{"", "", "cos", "Container-Optimized OS", ""},
};

bool is_of(const Distribution& distribution, std::string_view id) {
  return distribution.id == id ||
         std::ranges::find(distribution.id_like, id) != distribution.id_like.end();
}

bool fits(const Maker& maker, std::string_view release, std::string_view banner,
          const Distribution& distribution) {
  if (!maker.in_release.empty()) return release.contains(maker.in_release);
  if (!maker.in_banner.empty()) return banner.contains(maker.in_banner);
  return is_of(distribution, maker.distribution);
}

/// "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-14)" → "6.1.192-2". An epoch is left out.
std::string_view debian_version(std::string_view banner) {
  std::string_view version = banner.substr(banner.rfind(debian_mark) + debian_mark.size());
  version = version.substr(0, version.find(' '));
  const std::size_t epoch = version.find(':');
  return epoch == std::string_view::npos ? version : version.substr(epoch + 1);
}

/// The mainline release whose fixes a kernel has, whatever else its maker took into it.
std::optional<UpstreamVersion> base_of(std::string_view release) {
  auto version = parse_upstream_version(release);
  if (!version || (version->release_candidate && version->mainline.minor == 0)) return std::nullopt;
  if (version->release_candidate) --version->mainline.minor;
  return UpstreamVersion{.mainline = version->mainline, .patch = std::nullopt};
}

KernelOrigin following(std::string_view vendor, std::string_view version, std::string source) {
  KernelOrigin origin{.vendor = std::string(vendor), .source = std::move(source)};
  const auto upstream = parse_upstream_version(version);
  if (!upstream)
    origin.why_not = "its release names no version of the kernel";
  else if (upstream->release_candidate)
    origin.why_not = "a release candidate: it lies between two versions of the records";
  else
    origin.upstream = upstream;
  if (!origin.upstream) origin.base = base_of(version);
  return origin;
}

/// The release names the version, but of Debian's kernels.
KernelOrigin following(const Maker& maker, std::string_view release, std::string_view banner,
                       const std::string& by_release) {
  if (maker.in_banner != debian_mark) return following(maker.vendor, release, by_release);
  const std::string_view version = debian_version(banner);
  KernelOrigin origin =
      following(maker.vendor, version, fmt::format("Debian {} in the kernel's banner", version));
  origin.package = version;
  return origin;
}

/// The second '-' of "5.15.0-101-generic"; npos where there is none.
std::size_t start_of_flavour(std::string_view release) {
  const std::size_t dash = release.find('-');
  return dash == std::string_view::npos ? dash : release.find('-', dash + 1);
}

std::string flavour_of(const Maker& maker, std::string_view release) {
  const std::size_t start = start_of_flavour(release);
  const bool has_one = maker.vendor == "Ubuntu" && start != std::string_view::npos;
  return has_one ? std::string(release.substr(start + 1)) : std::string{};
}

/// The version of the package of Ubuntu, "5.15.0-101-generic" and "#111~20.04.1-Ubuntu SMP …" →
/// "5.15.0-101.111~20.04.1"; that of Red Hat, which is the release without the architecture.
std::string package_version(std::string_view release, std::string_view banner) {
  constexpr std::string_view ubuntu_mark = "-Ubuntu";
  if (const std::size_t dot = release.rfind('.'); release.contains(".el"))
    return std::string(release.substr(0, dot));
  const std::size_t flavour = start_of_flavour(release);
  const std::size_t end = banner.find(ubuntu_mark);
  if (!banner.starts_with('#') || end == std::string_view::npos ||
      flavour == std::string_view::npos)
    return {};
  return fmt::format("{}.{}", release.substr(0, flavour), banner.substr(1, end - 1));
}

KernelOrigin with_fixed_base(const Maker& maker, std::string_view release, std::string_view banner,
                             std::string source) {
  return {.vendor = std::string(maker.vendor),
          .upstream = std::nullopt,
          .base = base_of(release),
          .package = package_version(release, banner),
          .flavour = flavour_of(maker, release),
          .source = std::move(source),
          .why_not = fmt::format(
              "{} takes fixes into a base version that stays, so the version tells nothing",
              maker.vendor),
          .ask = std::string(maker.ask)};
}

}  // namespace

KernelOrigin origin_of(std::string_view release, std::string_view banner,
                       const Distribution& distribution) {
  const std::string by_release = fmt::format("release {}", release);
  for (const Maker& maker : makers) {
    if (!fits(maker, release, banner, distribution)) continue;
    return maker.ask.empty() ? following(maker, release, banner, by_release)
                             : with_fixed_base(maker, release, banner, by_release);
  }
  if (is_of(distribution, "debian") && banner.empty())
    return {.vendor = "Debian",
            .upstream = std::nullopt,
            .base = base_of(release),
            .source = by_release,
            .why_not = "the banner of this kernel was not seen, and its release does not tell"};
  return following("kernel.org", release, by_release);
}

KernelOrigin origin_of(const Facts& facts, const ModuleTree& tree) {
  const bool runs = facts.kernel.release == tree.release;
  std::string banner;
  if (runs) banner = facts.kernel.version.value_or("");
  if (banner.empty()) banner = tree.banner.value_or("");
  if (banner.empty() && tree.image) banner = tree.image->version;
  return origin_of(tree.release, banner, facts.distribution.value_or(Distribution{}));
}

}  // namespace kmodsec
