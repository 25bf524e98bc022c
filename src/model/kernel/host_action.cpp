// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/kernel/host_action.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/path.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

using Kind = HostActionKind;
using Word = std::pair<Kind, std::string_view>;

constexpr std::array words = {Word{Kind::rebuild_by_initramfs_tools, "rebuild-by-initramfs-tools"},
                              Word{Kind::rebuild_by_dracut, "rebuild-by-dracut"},
                              Word{Kind::rebuild_by_mkinitcpio, "rebuild-by-mkinitcpio"},
                              Word{Kind::load_audit_rules, "load-audit-rules"},
                              Word{Kind::reload_units, "reload-units"},
                              Word{Kind::start_unblock_timer, "start-unblock-timer"},
                              Word{Kind::stop_unblock_timer, "stop-unblock-timer"}};

constexpr std::array<std::string_view, 2> audit_rules = {"/etc/audit/audit.rules",
                                                         "/etc/audit/audit.rules.prev"};

constexpr std::array<std::string_view, 4> image_folders = {"/boot/", "/efi/", "/lib/modules/",
                                                           "/usr/lib/modules/"};

/// Of an image: while it is made, and what update-initramfs leaves.
constexpr std::array<std::string_view, 2> beside_image = {".new", ".dpkg-bak"};

constexpr std::size_t longest_release = 64;
constexpr std::size_t longest_image_path = 1024;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Any name of a file that an administrator could have given, and no way to another folder.
bool leads_nowhere_else(std::string_view path) {
  if (path.contains("//")) return false;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; };
  return std::ranges::none_of(path, is_control) &&
         std::ranges::none_of(split(path, '/'),
                              [](std::string_view part) { return part == "." || part == ".."; });
}

/// By its folder and name: nothing but images of kernels has to stand there.
bool is_image_path(std::string_view path) {
  if (path.size() > longest_image_path || !leads_nowhere_else(path)) return false;
  const auto holds_it = [&](std::string_view folder) { return path.starts_with(folder); };
  if (std::ranges::none_of(image_folders, holds_it)) return false;
  const std::string_view name = file_name(path);
  return name.starts_with("initrd") || name.starts_with("initramfs") || name.ends_with(".efi");
}

/// A unified image of a kernel (EFI/Linux/*.efi): its initramfs is one part of it.
bool is_unified(std::string_view path) { return path.ends_with(".efi"); }

bool may_be_rewritten_with_image(std::string_view path) {
  const auto beside = std::ranges::find_if(
      beside_image, [&](std::string_view ending) { return path.ends_with(ending); });
  if (beside != beside_image.end()) path.remove_suffix(beside->size());
  return is_image_path(path);
}

bool has_release(Kind kind) {
  return kind == Kind::rebuild_by_initramfs_tools || kind == Kind::rebuild_by_dracut;
}

}  // namespace

bool is_installable_release(std::string_view release) {
  return !release.empty() && release.size() <= longest_release &&
         is_letter_or_digit(release.front()) && is_plain_text(release);
}

std::optional<HostAction> HostAction::make(HostActionKind kind, const std::string& release,
                                           const std::string& image) {
  const bool is_of_release = has_release(kind);
  const bool is_of_image = kind == Kind::rebuild_by_dracut;
  if (is_of_release && !is_installable_release(release)) return std::nullopt;
  if (is_of_image && (!is_plain_path(image) || !is_image_path(image))) return std::nullopt;
  return HostAction(kind, is_of_release ? release : "", is_of_image ? image : "");
}

std::optional<HostAction> HostAction::rebuild(ImageMaker maker, const std::string& release,
                                              const std::string& image) {
  const bool makes_unified = maker == ImageMaker::mkinitcpio;
  if (is_unified(image) && !makes_unified) return std::nullopt;
  switch (maker) {
    case ImageMaker::initramfs_tools: return make(Kind::rebuild_by_initramfs_tools, release, image);
    case ImageMaker::dracut: return make(Kind::rebuild_by_dracut, release, image);
    case ImageMaker::mkinitcpio: return make(Kind::rebuild_by_mkinitcpio, release, image);
    case ImageMaker::mkinitfs:
    case ImageMaker::unknown: break;
  }
  return std::nullopt;
}

std::optional<HostAction> HostAction::of_command(const std::vector<std::string>& command) {
  const std::string last = command.empty() ? "" : command.back();
  const std::string third = command.size() > 2 ? command[2] : "";
  for (const auto& [kind, word] : words) {
    auto action = make(kind, last, third);
    if (action && action->command() == command) return action;
  }
  return std::nullopt;
}

/// dracut is given the image by its path: `--kver` alone would have it choose a place by what the
/// host has in /boot and on its EFI partition (dracut.8), which may be another file. To stop a unit
/// that is not loaded would be an error: a pattern fits only what is loaded.
std::vector<std::string> HostAction::command() const {
  switch (kind_) {
    case Kind::rebuild_by_initramfs_tools: return {"update-initramfs", "-u", "-k", release_};
    case Kind::rebuild_by_dracut: return {"dracut", "--force", image_, release_};
    case Kind::rebuild_by_mkinitcpio: return {"mkinitcpio", "-P"};
    case Kind::load_audit_rules: return {"augenrules", "--load"};
    case Kind::reload_units: return {"systemctl", "daemon-reload"};
    case Kind::start_unblock_timer: return {"systemctl", "restart", "kmodsec-unblock.timer"};
    case Kind::stop_unblock_timer: break;
  }
  return {"systemctl", "stop", "kmodsec-unblock.time[r]"};
}

bool HostAction::rewrites(std::string_view path) const {
  switch (kind_) {
    case Kind::rebuild_by_initramfs_tools:
    case Kind::rebuild_by_dracut:
    case Kind::rebuild_by_mkinitcpio: return may_be_rewritten_with_image(path);
    case Kind::load_audit_rules: return std::ranges::find(audit_rules, path) != audit_rules.end();
    case Kind::reload_units:
    case Kind::start_unblock_timer:
    case Kind::stop_unblock_timer: break;
  }
  return false;
}

std::string_view to_string(HostActionKind kind) {
  return std::ranges::find(words, kind, &Word::first)->second;
}

std::optional<HostActionKind> parse_host_action_kind(std::string_view word) {
  const auto found = std::ranges::find(words, word, &Word::second);
  return found == words.end() ? std::nullopt : std::optional(found->first);
}

std::vector<std::string> names_of_image(const std::string& image) {
  std::vector<std::string> names = {image};
  for (const std::string_view ending : beside_image) names.push_back(image + std::string(ending));
  return names;
}

}  // namespace kmodsec
