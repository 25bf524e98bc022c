// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/usage/lean_export.hpp"

namespace kmodsec {

/// Text of a host as the rest of a comment, in any of the formats: one line of ASCII, without what
/// quotes, continues or is replaced in a shell, in modprobe.d(5), YAML, Jinja or Nix.
std::string comment_text(std::string_view text);

/// "any local user: socket(…)", for a comment.
std::string reach_comment(const Attacker& reach);

/// The file of modprobe.d(5). Like each of these it depends on nothing but its argument.
std::string print_lean_modprobe(const LeanExport& lean);

/// A list of tasks for Ansible (YAML 1.2) that puts the file in place and rebuilds the initramfs.
std::string print_lean_ansible(const LeanExport& lean);

/// A module of NixOS that puts the file in place.
std::string print_lean_nix(const LeanExport& lean);

/// A configuration of Ignition (specification 3.3.0, JSON) that puts the file in place.
std::string print_lean_ignition(const LeanExport& lean);

/// A file of dracut.conf.d(5) that leaves the closed modules out of an image.
std::string print_lean_dracut(const LeanExport& lean);

/// The names of what is kept, one in each line, with the reason behind a '#'.
std::string print_lean_names(const LeanExport& lean);

}  // namespace kmodsec
