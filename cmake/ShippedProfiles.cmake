# SPDX-License-Identifier: GPL-2.0-or-later
# Puts data/profiles/*.toml into the program, so that adding a profile is adding a file.

function(write_shipped_profiles result)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/profiles/*.toml)
  list(SORT files)
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(APPEND KMODSEC_PROFILES "    {\"${name}\", R\"profile(${text})profile\"},\n")
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/shipped_profiles.cpp.in
                 ${PROJECT_BINARY_DIR}/shipped_profiles.cpp @ONLY)
  set(${result} ${PROJECT_BINARY_DIR}/shipped_profiles.cpp PARENT_SCOPE)
endfunction()
