# SPDX-License-Identifier: GPL-2.0-or-later
# One test for each suite of the unit tests, written down by the built program. A process for each single test would
# spend a third of the time on its start.

set(suites ${CMAKE_CURRENT_BINARY_DIR}/suites.cmake)
add_custom_command(TARGET kmodsec_tests POST_BUILD
  COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:kmodsec_tests> -DSUITES=${suites}
          -P ${CMAKE_CURRENT_SOURCE_DIR}/write_suites.cmake
  BYPRODUCTS ${suites} VERBATIM)
if(NOT EXISTS ${suites})
  file(WRITE ${suites} "add_test(unit_tests_are_not_built false)\n")
endif()
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${suites})
