// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/seen.hpp"
#include "model/signatures/signature.hpp"

namespace kmodsec {

struct Parameter {
  std::string name;
  Seen<std::string> value;
};

/// What a loaded module shows of the file it was made from. The kernel tells it, so it proves
/// nothing against code that is in the kernel already.
struct LoadedIdentity {
  Seen<std::string> build_id;    ///< Hex, from its notes.
  Seen<std::string> srcversion;  ///< Hash of its sources; most distributions leave it out.
  Seen<std::string> btf_sha256;  ///< Of its BTF type information, hex.
  Seen<std::vector<std::string>> sections;  ///< Names.
};

/// One line of /proc/modules and what /sys/module adds to it.
struct LoadedModule {
  std::string name;
  std::uint64_t size = 0;                 ///< Bytes of module memory.
  std::optional<std::uint64_t> refcount;  ///< Nothing on kernels that cannot unload.
  std::vector<std::string> used_by;       ///< Modules that hold a reference.
  bool permanent = false;                 ///< Has an init function but no exit function.
  std::string state;                      ///< "Live", "Loading" or "Unloading".
  std::optional<std::uint64_t> address;   ///< Start of its code, when the kernel shows it.
  std::string taint;                      ///< Letters, as in /sys/module/NAME/taint.
  std::vector<Parameter> parameters;      ///< Live values; see `Part::parameters`.
  LoadedIdentity identity;                ///< See `Part::identity`.
};

/// How strongly a package vouches for a file.
enum class PackageLevel {
  vendor_signed,     ///< Its digest is covered by a verified vendor signature.
  db_match,          ///< Its digest is the one in the local package database.
  owned_unverified,  ///< A package claims it, without a digest to compare.
  generated,         ///< Built on this host from an owned source package (DKMS).
  unowned,           ///< No package claims it.
  mismatch,          ///< A package claims it, and its digest differs.
};

struct PackageClaim {
  std::string name;     ///< Empty when unowned.
  std::string version;  ///< Empty when the database does not say.
  PackageLevel level = PackageLevel::unowned;
};

struct InfoField {
  std::string key;
  std::string value;
};

/// The first value of a field; empty when there is none.
std::string_view info_value(const std::vector<InfoField>& info, std::string_view key);

std::vector<std::string> info_values(const std::vector<InfoField>& info, std::string_view key);

/// A symbol that a module needs, and the checksum of the interface that it was built for.
struct SymbolVersion {
  std::string name;
  std::uint64_t crc = 0;

  bool operator==(const SymbolVersion&) const = default;
};

/// What a module file says of itself.
struct ModuleContent {
  std::vector<InfoField> info;  ///< modinfo fields, in file order.
  std::string own_name;         ///< The name it will have when loaded; the file's may differ.
  std::string build_id;         ///< Hex of the GNU build-id note; empty when there is none.
  std::string btf_sha256;  ///< Of its .BTF section, hex; empty without one that stays as it is.
  std::vector<std::string> sections;  ///< Names of those that are loaded, in order.
};

struct FileDigests {
  std::string md5;     ///< Of the file as it lies on disk, hex; empty when nobody asked.
  std::string sha256;  ///< Of the file as it lies on disk, hex.
};

/// What a compact snapshot does not have of a module file.
enum class LeftOut {
  nothing,
  signature_bytes,  ///< `Signature::value`.
  details,  ///< These; its size and digests, its build-id, sections, and fields as its parameters.
};

/// Why a file that an index names was not read where a capture has none of the kernel's.
inline constexpr const char* left_out_of_capture =
    "not found, and neither is any other of this kernel";

struct ModuleFile {
  std::string path;
  std::string name;         ///< From the file name: no extension, `-` as `_`.
  std::uint64_t size = 0;   ///< Bytes on disk, compressed or not.
  std::string compression;  ///< "none", "gzip", "xz" or "zstd".

  /// Why the kernel's own decoder refuses the file although kmod's reads it, and what helps; empty
  /// where it reads it. It matters where kmod leaves unpacking to the kernel.
  std::string kernel_cannot_unpack;
  Seen<ModuleContent> content;
  Seen<Signature> signature;
  std::string module_sha256;   ///< Of the uncompressed module, as lists of the revoked name it.
  std::string payload_sha256;  ///< The same without its signature.
  Seen<FileDigests> digests;   ///< Only where asked for; see `Part::digests`.
  Seen<PackageClaim> package;
  LeftOut left_out = LeftOut::nothing;
};

}  // namespace kmodsec
