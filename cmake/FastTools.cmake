# SPDX-License-Identifier: GPL-2.0-or-later
# Uses ccache and a fast linker where they are installed. A unit that was compiled in one checkout is not compiled
# again in another, so nothing in it may name the folder of the checkout.

add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)

find_program(ccache_program ccache)
find_program(mold_program mold)
find_program(lld_program ld.lld)
mark_as_advanced(ccache_program mold_program lld_program)

if(ccache_program AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros ${ccache_program})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

if(mold_program)
  add_link_options(-fuse-ld=mold)
elseif(lld_program)
  add_link_options(-fuse-ld=lld)
endif()
