// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/auditd/auditd.hpp"
#include "model/auditd/module_event.hpp"
#include "model/baseline/baseline.hpp"
#include "model/cves/kernel_changelog.hpp"
#include "model/cves/known_cves.hpp"
#include "model/host/distribution.hpp"
#include "model/host/host_identity.hpp"
#include "model/kernel/image_maker.hpp"
#include "model/kernel/kernel.hpp"
#include "model/loading/access.hpp"
#include "model/loading/host_program.hpp"
#include "model/loading/kernel_boot.hpp"
#include "model/loading/load_config.hpp"
#include "model/modules/module.hpp"
#include "model/policy/policy.hpp"
#include "model/report.hpp"
#include "model/seen.hpp"
#include "model/signatures/certificate.hpp"
#include "model/usage/usage_record.hpp"

namespace kmodsec {

/// Something in use that keeps a module busy although no reference count may say so.
struct ModuleUser {
  std::string module;
  std::string kind;  ///< "device", "mount", "interface", "protocol" or "algorithm".
  std::string what;
};

/// One line of modules.dep: a module file and the modules it needs.
struct IndexEntry {
  std::string name;
  std::string path;
  std::vector<std::string> depends;
};

struct AliasEntry {
  std::string pattern;
  std::string module;
};

/// A node of /dev that is there before its module, which opening it brings in.
struct StaticNode {
  std::string module;
  std::string path;    ///< Below /dev.
  std::string number;  ///< "c10:203", as depmod(8) writes it: the kind, major and minor.
};

struct SoftDependency {
  std::string module;
  std::vector<std::string> pre;
  std::vector<std::string> post;
  std::size_t line = 0;  ///< From 1.
};

/// A module linked into the kernel image, with what modules.builtin.modinfo says of it.
struct BuiltinModule {
  std::string name;
  std::string path;
  std::vector<InfoField> info;
};

/// The file that a kernel is booted from, and whom it was built to trust.
struct KernelImageFile {
  std::string path;
  std::string version;                    ///< Release and banner, as /proc/version begins.
  std::string build_id;                   ///< Hex; empty when it was not found.
  std::vector<std::string> certificates;  ///< Fingerprints, see `TrustSources::certificates`.
  std::vector<std::string> revoked;       ///< Fingerprints of those it was built to refuse.
};

/// A module file inside an initramfs, beside the one of the module folder.
struct ImageModule {
  std::string name;
  std::string path;              ///< Inside the image.
  bool as_installed = false;     ///< The same bytes as the installed file.
  std::string sha256;            ///< Of the uncompressed module; see `Part::image_digests`.
  std::string installed_sha256;  ///< Of the installed one; empty when there is none.
  std::string payload_sha256;    ///< Of the module without its signature.
};

/// Another file inside an initramfs.
struct ImageFile {
  std::string path;
  std::string sha256;
};

/// An initramfs: what decides about modules until the root file system is there.
struct InitramfsImage {
  std::string path;
  ImageMaker maker = ImageMaker::unknown;
  LoadConfig load;  ///< Sources are paths in the image, behind the path of the image and a colon.
  std::vector<IndexEntry> index;
  std::vector<SoftDependency> softdeps;
  std::vector<ImageModule> modules;
  std::vector<ImageFile> configuration;  ///< Files of modprobe.d; see `Part::image_digests`.
  std::vector<SigningKey> signing_keys;  ///< Private keys in it; paths are in the image.
  std::string found_by;  ///< What makes it one of this kernel: its name, its modules, an entry.
};

/// One installed kernel: its folder of modules and what stands in it.
struct ModuleTree {
  ModuleTree();
  ModuleTree(const ModuleTree&);
  ModuleTree(ModuleTree&&) noexcept;
  ModuleTree& operator=(const ModuleTree&);
  ModuleTree& operator=(ModuleTree&&) noexcept;
  ~ModuleTree();

  std::string release;
  std::string folder;
  Seen<std::vector<ModuleFile>> files;  ///< Which ones: see `CollectScope::files`.
  bool complete = false;                ///< `files` has every module that was found.

  /// The indexes of a capture name files of modules, and not one of this kernel is there: nobody
  /// knows which of them the host has. On a host that runs such files are gone.
  bool files_left_out = false;
  std::vector<Unseen> unseen;  ///< Where modules may lie that are not in `files`.
  Seen<std::vector<IndexEntry>> index;
  Seen<std::vector<AliasEntry>> aliases;
  Seen<std::vector<SoftDependency>> softdeps;
  std::vector<ConfigLine>
      index_lines;  ///< Of modules.softdep and modules.weakdep, which are no such.
  Seen<std::vector<ConfigLine>> weakdeps;  ///< Of modules.weakdep: what a module may load later.
  Seen<std::vector<StaticNode>> static_nodes;
  Seen<std::vector<IndexEntry>> binary_index;    ///< Of modules.dep.bin, which modprobe reads.
  Seen<std::vector<AliasEntry>> binary_aliases;  ///< Patterns are normalised.
  Seen<std::vector<BuiltinModule>> builtin;
  std::vector<Unseen> unseen_builtin;  ///< What would tell the aliases of those.
  Seen<KernelConfig> config;
  Seen<KernelImageFile> image;
  Seen<std::vector<InitramfsImage>> initramfs_images;
  Seen<KernelBoot> boot;
  std::string second_folder;  ///< Another folder of this release; empty: modprobe has no choice.
  Seen<KernelChangelog> changelog;  ///< See `Part::known_cves`, as for the next.
  Seen<std::string> banner;         ///< What the boot header of its image says of its build.
};

/// Module files, their folders, their configuration, what is booted and the programs that load
/// them, where others than root may write.
struct WritablePaths {
  std::vector<Ownership> found;
  std::vector<Unseen> unseen;
};

/// Places where this process is shown other files than the host has, by what should stand there.
struct MaskedPaths {
  std::vector<Unseen> modules;
  std::vector<Unseen> configuration;
  std::vector<Unseen> packages;
  std::vector<Unseen> programs = {};  ///< That load modules.
};

/// A name or alias that the next boot of this host asks for.
struct BootNeed {
  std::string request;
  std::string why;
};

/// A device that is there, whether it has a driver or not.
struct Device {
  std::string alias;   ///< MODALIAS of its uevent file.
  std::string path;    ///< Below /sys/devices, or below /sys where a bus alone shows it.
  std::string driver;  ///< Empty where none is bound.
};

/// Programs of the host that a change of its policy works with.
struct HostTools {
  bool systemd = false;
  bool auditd = false;  ///< With augenrules(8).
  bool update_initramfs = false;
  bool dracut = false;
  bool mkinitcpio = false;
};

/// All that was collected of one machine. Text in it is valid UTF-8.
struct Facts {
  Facts();
  Facts(const Facts&);
  Facts(Facts&&) noexcept;
  Facts& operator=(const Facts&);
  Facts& operator=(Facts&&) noexcept;
  ~Facts();

  std::int64_t time = 0;  ///< When they were collected: seconds since 1970-01-01T00:00:00Z.
  HostIdentity host;
  bool live = false;  ///< A kernel's state was there to read: running, or captured.
  KernelState kernel;
  Seen<std::vector<LoadedModule>> loaded;
  std::vector<Unseen> unseen_loaded;         ///< Lines of that list which could not be read.
  Seen<std::vector<std::string>> installed;  ///< Releases with a folder of modules, oldest first.
  std::vector<ModuleTree> trees;             ///< Of those, and of the release that runs.
  std::vector<ModuleFile> files;  ///< Named by their paths, whichever folder they lie in.
  Seen<std::vector<ModuleUser>> users;
  Seen<WritablePaths> writable;
  Seen<MaskedPaths> masked;
  Seen<LoadConfig> load;
  Seen<std::vector<HostProgram>> programs;  ///< That load modules; see `Part::packages`.
  Seen<AccessSettings> access;
  Seen<Policy> policy;
  HostTools tools;  ///< See `Part::changes`, as for the next.
  Seen<std::vector<BootNeed>> needs;
  std::vector<Unseen> unseen_needs;    ///< What may name more of them, and was not read.
  std::vector<Unseen> untyped_mounts;  ///< What boot mounts, and nothing tells its file system.
  Seen<std::vector<BootNeed>> service_needs;  ///< See `Part::usage`, as for the next two.
  Seen<std::vector<Device>> devices;
  Seen<UsageRecord> usage;  ///< Empty where nothing was ever recorded.
  Seen<TrustSources> trust;
  Seen<BaselineStatus> baseline;
  Seen<AuditdState> auditd;
  Seen<EventLog> events;  ///< Since the newest baseline, or of the last day.
  Seen<Distribution> distribution;
  Seen<KnownCves> known_cves;  ///< The tables of this program: they are no part of a machine.
};

/// What every verb says of a kernel that can load no module at all (CONFIG_MODULES is off).
inline constexpr std::string_view no_module_support =
    "this kernel was built without loadable modules";

/// Whether the kernel whose state was read is known to be such a one.
bool lacks_module_support(const Facts& facts);

/// The same of the kernel of a tree; of one that does not run, nobody knows that.
bool lacks_module_support(const Facts& facts, const ModuleTree& tree);

}  // namespace kmodsec
