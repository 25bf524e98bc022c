# SPDX-License-Identifier: GPL-2.0-or-later
# Compiles the sources of a folder together, some in each unit, which takes half of the time: most of it goes to the
# headers. So names that are local to a file must differ within its folder. Where each file has to stand alone, as for
# clang-tidy, it is switched off.

option(KMODSEC_UNITY "Compile the sources of each folder together" ON)
set(sources_in_unit 8)

# Sources whose path matches `apart` keep a unit of their own.
function(compile_folders_together target apart)
  if(NOT KMODSEC_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  list(SORT sources)
  foreach(source IN LISTS sources)
    if(source MATCHES "${apart}")
      continue()
    endif()
    get_filename_component(folder ${source} DIRECTORY)
    if(NOT folder STREQUAL last_folder)
      set(last_folder ${folder})
      set(in_folder 0)
    endif()
    math(EXPR unit "${in_folder} / ${sources_in_unit}")
    math(EXPR in_folder "${in_folder} + 1")
    file(RELATIVE_PATH group ${PROJECT_SOURCE_DIR} ${folder})
    string(REPLACE "/" "_" group ${group})
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group}_${unit})
  endforeach()
endfunction()
