// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace kmodsec {

/// Whether this process holds the right to load and unload modules (CAP_SYS_MODULE). In a
/// container it may seem to, and the kernel still says no.
bool may_change_modules();

/// Whether a program that this process starts may do what it likes: it is root's.
bool may_do_anything();

}  // namespace kmodsec
