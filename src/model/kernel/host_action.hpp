// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kernel/image_maker.hpp"

namespace kmodsec {

/// What a host can be told to do when its files are written.
enum class HostActionKind {
  rebuild_by_initramfs_tools,
  rebuild_by_dracut,
  rebuild_by_mkinitcpio,
  load_audit_rules,
  reload_units,
  start_unblock_timer,
  stop_unblock_timer,
};

/// One of these, with its parameters. There is no other way to have a host run something than to
/// name a kind: what was read anywhere gets into a command only as a release or a path that were
/// checked when the action was made.
class HostAction {
 public:
  /// Returns nothing unless `release` can be that of a kernel and `image` the path of its
  /// initramfs; those that the kind does not use are not looked at.
  static std::optional<HostAction> make(HostActionKind kind, const std::string& release = {},
                                        const std::string& image = {});

  /// The action of the tool that made an image; nothing when it has none, or by `make`. A unified
  /// image (.efi) is made anew by the presets of mkinitcpio alone (mkinitcpio.8): `dracut --force`
  /// would put a bare initramfs in its place.
  static std::optional<HostAction> rebuild(ImageMaker maker, const std::string& release,
                                           const std::string& image);

  /// The one whose command this is, as journals of older versions tell it.
  static std::optional<HostAction> of_command(const std::vector<std::string>& command);

  HostActionKind kind() const { return kind_; }
  const std::string& release() const { return release_; }  ///< Empty: of no one kernel.
  const std::string& image() const { return image_; }      ///< Empty: of no one image.

  /// A program by its name, and its arguments.
  std::vector<std::string> command() const;

  /// Whether its program may make this file anew.
  bool rewrites(std::string_view path) const;

  bool operator==(const HostAction&) const = default;

 private:
  HostAction(HostActionKind kind, std::string release, std::string image)
      : kind_(kind), release_(std::move(release)), image_(std::move(image)) {}

  HostActionKind kind_;
  std::string release_;
  std::string image_;
};

/// The word for a kind, "rebuild-by-dracut" say, and back.
std::string_view to_string(HostActionKind kind);
std::optional<HostActionKind> parse_host_action_kind(std::string_view word);

/// Where a program that makes an initramfs keeps the old one, and writes the new one.
std::vector<std::string> names_of_image(const std::string& image);

/// Whether a folder of modules can have this name: letters, digits and `._+~-`, no option and no
/// way to another folder (linux: Makefile, the check of KERNELRELEASE; at most 64 bytes).
bool is_installable_release(std::string_view release);

}  // namespace kmodsec
