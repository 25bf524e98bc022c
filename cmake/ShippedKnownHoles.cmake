# SPDX-License-Identifier: GPL-2.0-or-later
# Puts data/known-holes/holes.tsv into the program as it is.

function(write_shipped_known_holes result)
  set(KMODSEC_KNOWN_HOLES ${PROJECT_SOURCE_DIR}/data/known-holes/holes.tsv)
  set(source ${PROJECT_BINARY_DIR}/shipped_known_holes.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/shipped_known_holes.cpp.in ${source} @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${KMODSEC_KNOWN_HOLES})
  set(${result} ${source} PARENT_SCOPE)
endfunction()
