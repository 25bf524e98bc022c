# SPDX-License-Identifier: GPL-2.0-or-later
# fmt. Its shared library costs start-up time, and no distribution ships an archive: a release build compiles
# the library's own sources once, from its headers, where these are of the version that is known to allow it.

set(fmt_library fmt::fmt)
if(CMAKE_BUILD_TYPE MATCHES "Rel" AND NOT KMODSEC_SANITIZE AND KMODSEC_STATIC_RUNTIME)
  if(fmt_VERSION VERSION_GREATER_EQUAL 9 AND fmt_VERSION VERSION_LESS 10)
    add_library(kmodsec_fmt STATIC ${CMAKE_CURRENT_LIST_DIR}/fmt_9.cpp)
    get_target_property(fmt_includes fmt::fmt INTERFACE_INCLUDE_DIRECTORIES)
    target_include_directories(kmodsec_fmt SYSTEM PUBLIC ${fmt_includes})
    set(fmt_library kmodsec_fmt)
  else()
    set(fmt_library fmt::fmt-header-only)
  endif()
endif()
