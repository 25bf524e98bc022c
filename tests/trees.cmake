# SPDX-License-Identifier: GPL-2.0-or-later
# One test for each folder of tests/trees: a machine, what to ask of it, and the expected answer.

file(GLOB trees CONFIGURE_DEPENDS LIST_DIRECTORIES true trees/*)
foreach(tree IN LISTS trees)
  if(NOT IS_DIRECTORY ${tree})
    continue()
  endif()
  get_filename_component(name ${tree} NAME)
  add_test(NAME trees.${name}
           COMMAND ${system_python} tests/trees.py $<TARGET_FILE:kmodsec> ${name}
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(trees.${name} PROPERTIES TIMEOUT 600 SKIP_RETURN_CODE 77)
endforeach()
