# SPDX-License-Identifier: GPL-2.0-or-later
# OpenSSL, the decompressors, SQLite and libaudit. Most of a short run is spent by the dynamic linker on them, so a
# release build takes their archives where they are installed. The Debian package has a program of its own, of the
# same objects, that is linked with the distribution's libraries: their security updates reach it.

option(KMODSEC_STATIC_LIBRARIES "Link OpenSSL and the decompressors statically in release builds" ON)

find_package(OpenSSL 3.0 REQUIRED)
pkg_check_modules(COMPRESSION REQUIRED IMPORTED_TARGET zlib libdeflate liblzma libzstd liblz4 lzo2)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(AUDIT REQUIRED IMPORTED_TARGET audit)
find_package(BZip2 REQUIRED)

set(parser_libraries crypto z deflate lzma zstd lz4 lzo2 bz2 sqlite3 audit)

function(find_parser_archives result)
  set(archives)
  foreach(name ${parser_libraries} cap-ng)
    find_library(archive_of_${name} lib${name}.a)
    mark_as_advanced(archive_of_${name})
    if(NOT archive_of_${name})
      set(${result} "" PARENT_SCOPE)
      return()
    endif()
    list(APPEND archives ${archive_of_${name}})
  endforeach()
  set(${result} ${archives} PARENT_SCOPE)
endfunction()

function(link_parser_libraries target)
  if(KMODSEC_STATIC_LIBRARIES AND CMAKE_BUILD_TYPE MATCHES "Rel" AND NOT KMODSEC_SANITIZE)
    find_parser_archives(archives)
  endif()
  if(archives)
    target_include_directories(${target} SYSTEM PUBLIC
      ${OPENSSL_INCLUDE_DIR} ${COMPRESSION_INCLUDE_DIRS} ${BZIP2_INCLUDE_DIRS})
    set(shared $<BOOL:$<TARGET_PROPERTY:KMODSEC_SHARED_LIBRARIES>>)
    target_link_libraries(${target} PUBLIC "$<$<NOT:${shared}>:${archives}>"
                          "$<${shared}:${parser_libraries}>" ${CMAKE_DL_LIBS})
  else()
    target_link_libraries(${target} PUBLIC OpenSSL::Crypto PkgConfig::COMPRESSION PkgConfig::SQLITE PkgConfig::AUDIT BZip2::BZip2)
  endif()
endfunction()
