// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/module_file.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/byte_source.hpp"
#include "base/text.hpp"
#include "collect/limits.hpp"
#include "collect/unpack.hpp"
#include "format/files/compression.hpp"
#include "format/files/digest.hpp"
#include "format/files/elf.hpp"
#include "format/files/kernel_unpacking.hpp"
#include "format/modules/modinfo.hpp"
#include "format/modules/modversions.hpp"
#include "format/signatures/module_signature.hpp"
#include "model/host/module_name.hpp"
#include "system/files/sparse_file.hpp"

namespace kmodsec {
namespace {

void add_identity(const Elf& elf, ModuleContent& content) {
  content.sections = elf.loaded_sections();
  const auto btf = elf.section(".BTF");
  const bool stays_as_it_is = !elf.section(".BTF.base");
  if (btf && stays_as_it_is) content.btf_sha256 = hex_digest(Digest::sha256, *btf);
}

class ModuleReader {
 public:
  ModuleReader(const CollectScope& scope, const SignerCertificates& signers, Budget& budget)
      : scope_(scope), signers_(signers), budget_(budget) {}

  void read(std::string_view bytes, ModuleFile& file) const {
    file.size = bytes.size();
    const Compression compression = compression_of(bytes);
    file.compression = to_string(compression);
    FileDigests digests;
    if (scope_.has(Part::digests) && scope_.has(Part::packages))
      digests.md5 = hex_digest(Digest::md5, bytes);
    if (compression == Compression::none) {
      read_module(bytes, file);
      digests.sha256 = file.module_sha256;
    } else {
      if (hashes()) digests.sha256 = hex_digest(Digest::sha256, bytes);
      const auto module = unpack_within(budget_, bytes, module_limit);
      if (module) {
        read_module(*module, file);
        file.kernel_cannot_unpack = kernel_unpacking_flaw(bytes);
      } else {
        file.content = std::unexpected(module.error());
        file.signature = read_damaged(bytes, module.error());
      }
    }
    if (hashes()) file.digests = std::move(digests);
  }

  /// The same without digests, from as few bytes as will do.
  Result<void> skim(const SparseFile& bytes, ModuleFile& file) const {
    constexpr std::uint64_t longest_magic = 6;
    const auto start = bytes.slice(0, std::min(bytes.size(), longest_magic));
    const Compression compression = compression_of(start.value_or(""));
    if (compression != Compression::none) {
      read(bytes.slice(0, bytes.size()).value_or(""), file);
    } else {
      file.size = bytes.size();
      file.compression = to_string(compression);
      file.signature = skim_signature(bytes);
      file.content = parse_content(bytes);
    }
    return bytes.state();
  }

  bool looks_at_all_bytes() const { return hashes() || scope_.has(Part::identity); }

 private:
  bool hashes() const { return scope_.has_any({Part::digests, Part::signatures}); }

  /// Neither modprobe nor the kernel looks for a signature behind the compressed stream.
  static Seen<Signature> read_damaged(std::string_view bytes, const Error& error) {
    if (split_signature(bytes))
      return Signature{.form = SignatureForm::malformed,
                       .reason =
                           "a signature is appended to the compressed file, where a kernel does "
                           "not look for one"};
    return std::unexpected(error);
  }

  void read_module(std::string_view module, ModuleFile& file) const {
    file.signature = read_signature(module, file);
    file.content = parse_content(WholeBytes(module));
  }

  /// The signature as it stands at the end of the file.
  static Signature skim_signature(const ByteSource& module) {
    const auto last = [&](std::uint64_t length) {
      const std::uint64_t most = std::min(length, module.size());
      return module.slice(module.size() - most, most).value_or(std::string_view{});
    };
    const std::uint64_t appended = appended_size(last(signature_trailer_size));
    constexpr std::uint64_t some_content = 1;
    return ModuleSignature::parse(last(std::max(appended, signature_trailer_size) + some_content))
        .fields();
  }

  /// Hashes the module once, for its own digest and for its signature.
  Signature read_signature(std::string_view module, ModuleFile& file) const {
    const ModuleSignature appended = ModuleSignature::parse(module);
    Signature signature = appended.fields();
    if (!hashes()) return signature;
    const NestedDigests digests = sha256_of_head_and_whole(module, appended.payload().size());
    file.module_sha256 = to_hex(digests.whole);
    file.payload_sha256 = to_hex(digests.head);
    if (scope_.has(Part::signatures)) signature.checks = appended.check(signers_, digests.head);
    return signature;
  }

  Result<ModuleContent> parse_content(const ByteSource& module) const {
    const auto elf = Elf::parse(module);
    if (!elf) return std::unexpected(elf.error());
    const auto info = elf->section(".modinfo");
    if (!info)
      return failure(ErrorKind::malformed, "", "has no .modinfo section: not a kernel module");
    ModuleContent content;
    content.info = parse_modinfo(*info);
    content.own_name = info_value(content.info, "name");
    content.build_id = elf->build_id();
    if (scope_.has(Part::identity)) add_identity(*elf, content);
    return content;
  }

  const CollectScope& scope_;
  const SignerCertificates& signers_;
  Budget& budget_;
};

Result<void> read_file(const Root& root, const std::string& path, const ModuleReader& reader,
                       ModuleFile& file) {
  if (reader.looks_at_all_bytes()) {
    const auto bytes = root.read(path, module_limit);
    if (!bytes) return std::unexpected(bytes.error());
    reader.read(*bytes, file);
    return {};
  }
  const auto opened = root.open(path);
  if (!opened) return std::unexpected(opened.error());
  if ((*opened)->size() > module_limit)
    return failure(ErrorKind::too_large, "", "larger than the limit");
  return reader.skim(SparseFile(**opened), file);
}

ModuleFile file_at(const std::string& path) {
  ModuleFile file;
  file.path = utf8_text(path);
  file.name = utf8_text(module_name_of_path(path));
  return file;
}

}  // namespace

ModuleFile read_module_file(const std::string& path, std::string_view bytes,
                            const CollectScope& scope, const SignerCertificates& signers,
                            Budget& budget) {
  ModuleFile file = file_at(path);
  ModuleReader(scope, signers, budget).read(bytes, file);
  if (!file.content) file.content.error().subject = file.path;
  return file;
}

ModuleFile collect_module_file(const Root& root, const std::string& path, const CollectScope& scope,
                               const SignerCertificates& signers) {
  ModuleFile file = file_at(path);
  if (const auto seen = read_file(root, path, ModuleReader(scope, signers, root.budget()), file);
      !seen) {
    const Error error{seen.error().kind, file.path, seen.error().reason};
    file.content = std::unexpected(error);
    file.signature = std::unexpected(error);
    file.digests = std::unexpected(error);
  }
  if (!file.content) file.content.error().subject = file.path;
  return file;
}

Result<std::vector<SymbolVersion>> collect_symbol_versions(const Root& root,
                                                           const std::string& path) {
  const auto named = [&](const Error& error) {
    return failure(error.kind, utf8_text(path), error.reason);
  };
  const auto bytes = root.read(path, module_limit);
  if (!bytes) return named(bytes.error());
  const auto unpacked = unpack_within(root.budget(), *bytes, module_limit);
  if (!unpacked) return named(unpacked.error());
  const WholeBytes module(*unpacked);
  const auto elf = Elf::parse(module);
  if (!elf) return named(elf.error());
  auto versions = read_modversions(*elf);
  if (!versions) return named(versions.error());
  return versions;
}

}  // namespace kmodsec
