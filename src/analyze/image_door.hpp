// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "analyze/insertion.hpp"
#include "analyze/load_model.hpp"
#include "model/doors.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// What one initramfs would load before the configuration of the root file system counts. udev runs
/// there too, and applies the blacklist of the image to names and aliases alike.
class ImageDoor {
 public:
  /// `tree` is the kernel's, whose aliases hold in the image as well. Both must outlive it.
  ImageDoor(const BootImage& image, const ModuleTree& tree, KernelRefuses refuses);

  /// `has_alias`: something may ask for it while the image runs.
  DoorVerdict judge(const std::string& module, bool has_alias) const;

  bool holds(const std::string& module) const { return modules_.contains(module); }

 private:
  DoorVerdict lets_in(const std::string& module, const Insertion& insertion,
                      std::string note) const;

  const BootImage& image_;
  ModuleTree inside_;
  LoadModel model_;
  KernelRefuses refuses_;
  std::unordered_map<std::string, const ImageModule*> modules_;
};

}  // namespace kmodsec
