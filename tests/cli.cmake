# SPDX-License-Identifier: GPL-2.0-or-later
# One test for each file of tests/cli: the built program, run as a user runs it.

add_library(kmodsec_interrupt MODULE cli/interrupt.cpp)
target_compile_options(kmodsec_interrupt PRIVATE -fno-sanitize=all)
target_link_options(kmodsec_interrupt PRIVATE -fno-sanitize=all)

# These run the program a thousand times, or on very much: with sanitizers each run takes ten times as long.
set(tests_of_the_release baseline_interrupted budget interrupted)

file(GLOB cli_tests CONFIGURE_DEPENDS cli/test_*.py)
foreach(file IN LISTS cli_tests)
  get_filename_component(name ${file} NAME_WE)
  string(REGEX REPLACE "^test_" "" short_name ${name})
  set(program $<TARGET_FILE:kmodsec>)
  if(short_name IN_LIST tests_of_the_release)
    set(program ${PROJECT_SOURCE_DIR}/build/release/kmodsec)
  endif()
  add_test(NAME cli.${short_name}
           COMMAND ${CMAKE_COMMAND} -E env KMODSEC_BIN=${program}
                   CVE_TABLES_BIN=$<TARGET_FILE:cve-tables>
                   KMODSEC_INTERRUPT=$<TARGET_FILE:kmodsec_interrupt>
                   ${system_python} -m unittest discover -s tests/cli -p ${name}.py
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(cli.${short_name} PROPERTIES TIMEOUT 7200 COST 500)
  if(short_name IN_LIST tests_of_the_release)
    set_tests_properties(cli.${short_name} PROPERTIES LABELS release)
  endif()
endforeach()
