// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/module_file.hpp"

#include <utility>

#include "base/text.hpp"
#include "format/compression.hpp"
#include "format/digest.hpp"
#include "format/elf.hpp"
#include "format/modinfo.hpp"
#include "format/module_name.hpp"
#include "format/module_signature.hpp"

namespace kmodsec {
namespace {

/// The largest modules in the field (graphics drivers, unstripped) are near 100 MiB.
constexpr std::size_t size_limit = 512UL * 1024 * 1024;

Result<ModuleContent> parse_content(std::string_view module) {
  const auto elf = Elf::parse(module);
  if (!elf) return std::unexpected(elf.error());
  const auto info = elf->section(".modinfo");
  if (!info)
    return failure(ErrorKind::malformed, "", "has no .modinfo section: not a kernel module");

  ModuleContent content;
  content.info = parse_modinfo(*info);
  content.own_name = info_value(content.info, "name");
  content.build_id = elf->build_id();
  content.signature = parse_module_signature(module);
  return content;
}

Result<ModuleContent> parse_compressed(std::string_view bytes) {
  if (compression_of(bytes) == Compression::none) return parse_content(bytes);
  const auto module = decompress(bytes, size_limit);
  if (!module) return std::unexpected(module.error());
  return parse_content(*module);
}

}  // namespace

ModuleFile collect_module_file(const Root& root, const std::string& path, bool digests) {
  ModuleFile file;
  file.path = utf8_text(path);
  file.name = utf8_text(module_name_of_path(path));

  const auto bytes = root.read(path, size_limit);
  if (!bytes) {
    file.content = std::unexpected(bytes.error());
    file.digests = std::unexpected(bytes.error());
    return file;
  }
  file.size = bytes->size();
  file.compression = to_string(compression_of(*bytes));
  file.content = parse_compressed(*bytes);
  if (!file.content) file.content.error().subject = file.path;
  if (digests)
    file.digests = FileDigests{hex_digest(Digest::md5, *bytes), hex_digest(Digest::sha256, *bytes)};
  return file;
}

}  // namespace kmodsec
