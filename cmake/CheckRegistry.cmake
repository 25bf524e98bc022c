# SPDX-License-Identifier: GPL-2.0-or-later
# Lists src/checks/*/*.cpp in one array. The name of a file is the name of the Check in it, so that
# adding a check is adding a file.

function(write_check_registry result)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/checks/*.cpp)
  list(SORT files)
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    string(APPEND KMODSEC_CHECK_DECLARATIONS "extern const Check ${name};\n")
    string(APPEND KMODSEC_CHECK_ADDRESSES "    &${name},\n")
  endforeach()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/check_registry.cpp.in
                 ${PROJECT_BINARY_DIR}/check_registry.cpp @ONLY)
  set(${result} ${PROJECT_BINARY_DIR}/check_registry.cpp PARENT_SCOPE)
endfunction()
