// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/host/host_identity.hpp"
#include "model/modules/module.hpp"
#include "model/report.hpp"
#include "model/signatures/ed25519_signature.hpp"
#include "model/signatures/signature.hpp"

namespace kmodsec {

/// What a recorded file is to the kernel.
enum class BaselineKind {
  module,
  index,                ///< modules.dep and its like, which modprobe reads.
  configuration,        ///< modprobe.d, modules-load.d, depmod.d.
  kernel_image,         ///< What is booted.
  initramfs,            ///< The image as a whole.
  image_module,         ///< A module inside an initramfs.
  image_configuration,  ///< A file of modprobe.d inside an initramfs.
  folder,  ///< On the way to the others, or a link to one: who may write it may replace them.
};

/// Who may change what a link leads to.
struct LinkTarget {
  std::uint32_t mode = 0;  ///< Permission bits.
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;

  bool operator==(const LinkTarget&) const = default;
};

/// What a file system says of a file, beside its content.
struct FileAttributes {
  std::uint64_t size = 0;  ///< Bytes.
  std::uint32_t mode = 0;  ///< Permission bits.
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::string link;          ///< Where a symbolic link leads; empty for a file.
  std::string capabilities;  ///< The attribute security.capability, hex; see capabilities(7).
  std::optional<LinkTarget> target = {};  ///< Of a link to a file, since format 2.

  bool operator==(const FileAttributes&) const = default;
};

/// A file that a baseline covers.
struct CoveredFile {
  std::string path;
  BaselineKind kind = BaselineKind::module;
  std::string kernel;  ///< Release; empty for what all kernels share.

  auto operator<=>(const CoveredFile&) const = default;
};

/// One file as a baseline has it. What lies in an initramfs has the path of the image, a colon and
/// the path inside it.
struct BaselineEntry {
  CoveredFile file;
  std::string sha256;          ///< Of the file, hex; of the target's for a link; none of a folder.
  std::string payload_sha256;  ///< Of a module unpacked and without its signature, hex.
  std::optional<FileAttributes> attributes;  ///< Nothing inside an initramfs, or in a plain list.
  std::optional<SignatureStatus> signature;  ///< Of modules; nothing where nobody looked.
  std::optional<PackageClaim> package;       ///< Nothing where nobody could say.
};

/// What entries are sorted and looked up by.
inline const std::string& path_of(const BaselineEntry& entry) { return entry.file.path; }

inline bool is_folder(const BaselineEntry& entry) {
  return entry.file.kind == BaselineKind::folder;
}

/// What a baseline says of itself by its format: up to the first, neither folders nor a host.
inline constexpr std::int64_t format_of_digest_list = 0;
inline constexpr std::int64_t format_without_folders = 1;
inline constexpr std::int64_t newest_baseline_format = 2;

/// All entries at one time, sorted by path, and their place in the chain of generations.
struct Baseline {
  std::int64_t generation = 0;  ///< From 1; 0 is no generation of a store.
  std::int64_t time = 0;        ///< Seconds since 1970-01-01T00:00:00Z.
  std::string reason;           ///< Why it was recorded: "create", or what was accepted.
  std::string previous;         ///< Digest of the generation before; empty for the first.
  std::string digest;           ///< SHA-256 of all of the above and the entries, hex.
  std::vector<BaselineEntry> entries;
  std::int64_t format = newest_baseline_format;
  std::string machine = {};  ///< As `HostIdentity::machine_id`; empty where nobody noted it.
};

/// Whether folders are among what it covers. One of an older version says nothing of them.
inline bool records_folders(const Baseline& baseline) {
  return baseline.format > format_without_folders;
}

/// How many of the entries are folders.
std::size_t count_folders(const std::vector<BaselineEntry>& entries);

/// When the files were last held against a baseline, and what came of it.
struct BaselineCheck {
  std::int64_t time = 0;        ///< Seconds since 1970-01-01T00:00:00Z.
  std::int64_t suspicious = 0;  ///< Changes that nothing explains.
  std::int64_t unseen = 0;      ///< What could not be looked at.
};

/// How a host stands to its baseline, without looking at the files.
struct BaselineStatus {
  std::string store;  ///< Path.
  bool exists = false;
  std::string flaw;  ///< What does not fit in the store; empty when it holds.
  std::int64_t generation = 0;
  bool is_signed = false;
  std::optional<BaselineCheck> check;  ///< The last one; nothing when there was none.
  std::int64_t time = 0;               ///< Of the newest generation, in seconds since 1970.
  std::vector<std::string> modules;    ///< Names of the modules that it has, sorted.
  std::string machine;                 ///< As `Baseline::machine`.
};

/// Whether it was recorded on another host, by the machine id; not where one of them has none.
bool is_of_another_host(const BaselineStatus& baseline, const HostIdentity& host);

/// The words of the store and of the JSON documents.
std::string_view to_string(BaselineKind kind);
std::optional<BaselineKind> parse_baseline_kind(std::string_view word);

/// A module or a file of modprobe.d inside an initramfs.
bool is_in_image(BaselineKind kind);

}  // namespace kmodsec
