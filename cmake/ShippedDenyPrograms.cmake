# SPDX-License-Identifier: GPL-2.0-or-later
# Puts data/deny-programs.tsv into the program: path, tab, whose it is. Lines that start with # are comments.

function(write_shipped_deny_programs result)
  set(file ${PROJECT_SOURCE_DIR}/data/deny-programs.tsv)
  file(STRINGS ${file} lines)
  foreach(line IN LISTS lines)
    if(line MATCHES "^(/[^\t]+)\t(.+)$")
      string(APPEND KMODSEC_DENY_PROGRAMS "    {\"${CMAKE_MATCH_1}\", \"${CMAKE_MATCH_2}\"},\n")
    endif()
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/shipped_deny_programs.cpp.in
                 ${PROJECT_BINARY_DIR}/shipped_deny_programs.cpp @ONLY)
  set(${result} ${PROJECT_BINARY_DIR}/shipped_deny_programs.cpp PARENT_SCOPE)
endfunction()
