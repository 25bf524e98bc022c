// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec::test {

struct SectionSpec {
  std::string name;
  std::string content;
};

/// The bytes of a 64-bit little-endian ELF object with these sections.
std::string elf_with(const std::vector<SectionSpec>& sections);

/// A module file: `fields` are "key=value" strings of its .modinfo section.
std::string module_with(const std::vector<std::string>& fields);

/// An ELF note section that holds a GNU build-id.
std::string build_id_note(std::string_view id);

/// `module` with the trailer of a signed module around `cms`.
std::string with_trailer(std::string_view module, std::string_view cms);

/// `module` signed by a throw-away key whose certificate bears this common name, as the kernel's
/// sign-file does it: detached, no certificates, no attributes.
std::string signed_module(std::string_view module, const std::string& common_name,
                          bool by_key_id = false);

}  // namespace kmodsec::test
