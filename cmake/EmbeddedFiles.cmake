# SPDX-License-Identifier: GPL-2.0-or-later
# Puts each *.toml of a folder of data/ into the program, so that adding a profile or a keep class is adding a file.
# `function` gives them all, and `header` declares it.

function(write_embedded_files result folder function header)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/${folder}/*.toml)
  list(SORT files)
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(APPEND KMODSEC_FILES "    {\"${name}\", R\"file(${text})file\"},\n")
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(KMODSEC_FUNCTION ${function})
  set(KMODSEC_HEADER ${header})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/embedded_files.cpp.in
                 ${PROJECT_BINARY_DIR}/${function}.cpp @ONLY)
  set(${result} ${PROJECT_BINARY_DIR}/${function}.cpp PARENT_SCOPE)
endfunction()
