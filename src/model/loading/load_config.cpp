// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/load_config.hpp"

namespace kmodsec {

LoadConfig::LoadConfig() = default;
LoadConfig::LoadConfig(const LoadConfig&) = default;
LoadConfig::LoadConfig(LoadConfig&&) noexcept = default;
LoadConfig& LoadConfig::operator=(const LoadConfig&) = default;
LoadConfig& LoadConfig::operator=(LoadConfig&&) noexcept = default;
LoadConfig::~LoadConfig() = default;

std::string_view to_string(Directive directive) {
  switch (directive) {
    case Directive::alias: return "alias";
    case Directive::blacklist: return "blacklist";
    case Directive::options: return "options";
    case Directive::install: return "install";
    case Directive::remove: return "remove";
    case Directive::softdep: return "softdep";
    case Directive::weakdep: return "weakdep";
  }
  return {};
}

std::string_view to_string(InitSystem init) {
  switch (init) {
    case InitSystem::unknown: return "unknown";
    case InitSystem::systemd: return "systemd";
    case InitSystem::openrc: return "openrc";
    case InitSystem::runit: return "runit";
    case InitSystem::sysvinit: return "sysvinit";
    case InitSystem::dinit: return "dinit";
    case InitSystem::busybox: return "busybox";
  }
  return "unknown";
}

}  // namespace kmodsec
