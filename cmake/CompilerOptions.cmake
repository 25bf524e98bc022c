# SPDX-License-Identifier: GPL-2.0-or-later
# C++23, warnings as errors, hardened release builds, and the sanitizers of the dev preset.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(KMODSEC_STATIC_RUNTIME "Link the C++ runtime and fmt statically: half of the start-up time" ON)
option(KMODSEC_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(KMODSEC_FUZZ "Link the fuzz targets with libFuzzer (needs Clang)" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                    -Wnon-virtual-dtor -Woverloaded-virtual -Werror
                    -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False positives on std::string, GCC bug 105651, and on std::expected, GCC bug 80635.
  add_compile_options(-Wno-restrict -Wno-array-bounds -Wno-stringop-overread -Wno-stringop-overflow
                      -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wno-deprecated-declarations)  # std::stable_sort of libstdc++ 12 itself
  add_compile_options(-Wno-ambiguous-reversed-operator)  # and its std::expected::operator==
endif()
if(KMODSEC_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  # What the sanitizers know of each variable are addresses. In a program that may lie anywhere the start of every run
  # corrects a million of them, which takes half of a short one, and the tests start it thousands of times.
  add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-no-pie>)
  if(KMODSEC_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
elseif(CMAKE_BUILD_TYPE MATCHES "Rel")
  add_compile_options(-fstack-protector-strong -fcf-protection)
  add_compile_definitions(_FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed -Wl,--gc-sections)
  if(KMODSEC_STATIC_RUNTIME)
    add_link_options(-static-libstdc++ -static-libgcc)
  endif()
endif()
include(FastTools)
