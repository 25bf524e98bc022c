// SPDX-License-Identifier: GPL-2.0-or-later
// toml++ 3.3 of Debian 12, made safe for hostile text. It asserts what the input decides ("[[[" is
// enough), and with NDEBUG takes it for granted; here each such assertion is an exception.
#pragma once

#include <stdexcept>

#define TOML_HEADER_ONLY 1  // the shared library of Debian costs start-up time
#define TOML_EXCEPTIONS 1
#define TOML_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : throw std::invalid_argument("malformed"))

#pragma push_macro("NDEBUG")
#undef NDEBUG
#pragma GCC diagnostic push
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wterminate"  // its assertions about itself stay fatal
#endif
#include <toml++/toml.h>
#pragma GCC diagnostic pop
#pragma pop_macro("NDEBUG")
