// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/kernel/kernel.hpp"

namespace kmodsec {

KernelState::KernelState() = default;
KernelState::KernelState(const KernelState&) = default;
KernelState::KernelState(KernelState&&) noexcept = default;
KernelState& KernelState::operator=(const KernelState&) = default;
KernelState& KernelState::operator=(KernelState&&) noexcept = default;
KernelState::~KernelState() = default;

}  // namespace kmodsec
