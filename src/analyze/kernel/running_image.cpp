// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/kernel/running_image.hpp"

namespace kmodsec {

bool is_running_image(const KernelState& kernel, const KernelImageFile& image) {
  if (!image.build_id.empty() && kernel.build_id) return image.build_id == *kernel.build_id;
  return kernel.release && kernel.version && !kernel.version->empty() &&
         image.version.starts_with(*kernel.release + " ") &&
         image.version.ends_with(*kernel.version);
}

}  // namespace kmodsec
