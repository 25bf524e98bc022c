// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a host must be able to load, and why; everything else can be closed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/loading/load_paths.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// Why a module is kept: the strongest reason, in this order.
enum class KeepCause {
  policy,       ///< keep.modules, deny.except, load.modules or freeze.require name it.
  loaded,       ///< It is loaded now.
  used,         ///< The record has it.
  boot,         ///< Boot, the root file system, fstab or an initramfs asks for it.
  hardware,     ///< The driver of a device that is there.
  service,      ///< An installed package, firewall rule, container or VPN asks for it.
  keep_class,   ///< A class that the administrator keeps.
  needed,       ///< By a kept module, hard, soft or weak, or what the running kernel has built in.
  alternative,  ///< It answers the same alias as a kept module: another build of a cipher.
};

inline constexpr std::array all_keep_causes = {
    KeepCause::policy,     KeepCause::loaded,   KeepCause::used,
    KeepCause::boot,       KeepCause::hardware, KeepCause::service,
    KeepCause::keep_class, KeepCause::needed,   KeepCause::alternative};

/// The word of the documents: "class" for `keep_class`.
std::string_view to_string(KeepCause cause);

struct KeptForUse {
  std::string module;
  KeepCause cause = KeepCause::used;
  std::string reason;  ///< In words: "device pci:v00001AF4…", "nf_tables needs it".
  std::string by;      ///< The module, alias, file, class or package; empty where nothing names it.
};

struct ClosedModule {
  std::string module;
  Attacker reach;  ///< Who could have it loaded.
};

/// Something that was used, and not for a long time.
struct RarelyUsed {
  std::string module;
  std::int64_t last_seen = 0;  ///< Seconds since 1970-01-01T00:00:00Z.
};

struct KeepSet {
  std::vector<KeptForUse> kept;      ///< Of all installed kernels, sorted by module, each once.
  std::vector<ClosedModule> closed;  ///< Every other module, sorted by module.
  std::vector<RarelyUsed> rarely;    ///< Kept for the record alone; in at most one boot.
  std::vector<std::string> unknown;  ///< Names in [keep] that no kernel and no class has.
  std::vector<Unseen> unseen;        ///< Without which something needed could be closed.
};

/// One rule of a keep class; exactly one of the three is there.
struct KeepRule {
  std::string module;  ///< A name.
  std::string path;    ///< A folder below "kernel/": "kernel/drivers/net/ethernet/".
  std::string alias;   ///< A pattern that an alias of the module has to match, see fnmatch(3).
  std::string reason;
};

/// A named kind of modules that an administrator keeps on purpose. Shipped as data.
struct KeepClass {
  std::string name;
  std::string title;
  std::vector<KeepRule> rules;
};

}  // namespace kmodsec
