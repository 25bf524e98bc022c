// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/boot/boot_loaders.hpp"
#include "collect/boot/given_image.hpp"
#include "model/loading/kernel_boot.hpp"
#include "model/loading/release_name.hpp"
#include "model/report.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// An image, and what makes it one of a kernel: "its name", "its modules", or the entry's place.
struct InitramfsFile {
  std::string path;
  std::string found_by;
};

/// The initramfs images of a kernel, and where more of them may be.
struct InitramfsFiles {
  std::vector<InitramfsFile> paths;
  std::vector<GivenImage> given;  ///< Those that the user named.
  std::vector<Unseen> unseen;
};

/// Which images and command lines boot each kernel of a machine: as its boot loaders tell, by the
/// names of images, and by the modules inside of those that tell no kernel. Read once for all
/// kernels.
class BootFiles {
 public:
  /// `releases` are those of which one asks: installed, or running. No image is opened where they
  /// are not asked for. The root must outlive it.
  BootFiles(const Root& root, const std::vector<std::string>& releases, bool with_images,
            std::vector<GivenImage> given = {});
  BootFiles(const BootFiles&) = delete;
  BootFiles& operator=(const BootFiles&) = delete;

  /// An error where no image was found, and nothing tells that there is none.
  Seen<InitramfsFiles> initramfs_files_of(const std::string& release) const;

  /// The command lines; a file that a tool makes entries from counts where no entry was found.
  KernelBoot command_lines_of(const std::string& release) const;

 private:
  struct Booted {
    const FoundEntry* entry = nullptr;
    std::vector<std::string> images;
    std::vector<std::string> missing;
    bool names_image = false;
  };
  using Found = std::map<std::string, std::vector<InitramfsFile>, std::less<>>;

  void find_named();
  void attribute_entries();
  void attribute(const FoundEntry& found);
  void add_running_line();
  void find_loose_images();
  void look_at_loose(const std::string& path);
  void attribute_given();
  void claim(const std::string& path);
  std::string resolved(const std::string& path) const;

  Booted resolve_files(const FoundEntry& found) const;
  std::optional<std::string> resolve(std::string_view named, const std::string& partition) const;
  void add_unified(const FoundEntry& found, const std::string& named, Booted& booted) const;
  std::vector<std::string> releases_of(const FoundEntry& found, const Booted& booted);
  std::string release_told_by_file(const std::string& named, const std::string& partition) const;
  Result<std::vector<std::string>> releases_inside(const Root& root, const std::string& path);
  bool asks_for(std::string_view release) const { return releases_.contains(release); }
  std::vector<const Booted*> booted_of(const std::string& release) const;
  void add_default_line(KernelBoot& boot, const std::string& release) const;
  bool may_be_elsewhere(const std::string& release) const;
  Error no_image(const std::string& release) const;

  const Root& root_;
  bool with_images_;
  Releases releases_;
  std::vector<GivenImage> given_;
  BootLoaderFiles loaders_;
  std::vector<std::string> unmounted_;
  FoundEntry running_;
  std::map<std::string, Seen<std::vector<std::string>>, std::less<>> named_;
  std::map<std::string, std::vector<Booted>, std::less<>> booted_;
  std::vector<Booted> booted_by_any_;  ///< Entries that do not tell which kernel they boot.
  Found loose_;
  std::map<std::string, std::vector<GivenImage>, std::less<>> given_for_;
  std::vector<Unseen> unseen_loose_;
  Releases claimed_;  ///< Paths of images, links followed, of which the kernel is known.
  std::size_t opened_ = 0;
};

}  // namespace kmodsec
