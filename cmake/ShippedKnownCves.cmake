# SPDX-License-Identifier: GPL-2.0-or-later
# Puts data/known-cves/cves.tsv into the program as it is.

function(write_shipped_known_cves result)
  set(KMODSEC_KNOWN_CVES ${PROJECT_SOURCE_DIR}/data/known-cves/cves.tsv)
  set(source ${PROJECT_BINARY_DIR}/shipped_known_cves.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/shipped_known_cves.cpp.in ${source} @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${KMODSEC_KNOWN_CVES})
  set(${result} ${source} PARENT_SCOPE)
endfunction()
