// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "analyze/loading/insertion.hpp"
#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// What one initramfs loads before the configuration of the root file system counts: what its
/// devices ask udev for, what its own configuration asks for, and what comes in with either. A
/// module that needs one which the image does not have has unresolved symbols there. What else a
/// program or the kernel could ask for, such as another file system, is not asked for there.
class ImageLoadPath {
 public:
  /// `tree` is the kernel's, whose aliases hold in the image as well. Both must outlive it.
  ImageLoadPath(const InitramfsImage& image, const ModuleTree& tree, KernelRefuses refuses);
  ~ImageLoadPath();
  ImageLoadPath(const ImageLoadPath&) = delete;
  ImageLoadPath(ImageLoadPath&&) = delete;
  ImageLoadPath& operator=(const ImageLoadPath&) = delete;
  ImageLoadPath& operator=(ImageLoadPath&&) = delete;

  LoadPathVerdict judge(const std::string& module) const;

  /// The module for whose device it comes in, itself or another one; nothing when none does.
  std::optional<std::string> device_of(const std::string& module) const;

  bool holds(const std::string& module) const { return modules_.contains(module); }

 private:
  class Inside;

  using Insides = std::vector<std::unique_ptr<const Inside>>;

  const Insides& insides() const;

  const InitramfsImage& image_;
  const ModuleTree& tree_;
  KernelRefuses refuses_;
  std::unordered_set<std::string_view> modules_;
  mutable Insides insides_;  ///< One by each of the rules that may hold; made when first asked.
};

}  // namespace kmodsec
