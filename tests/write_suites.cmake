# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -DPROGRAM=... -DSUITES=... -P write_suites.cmake: asks a program of GoogleTest for its suites, and writes a file
# for ctest that runs each of them.

cmake_policy(VERSION 3.25)

# Those that take longest begin first, so that no processor is idle at the end.
set(first Cpio Kinds/Fault OrderProperty HostileTextProperty WholeTreeWithAFault)

execute_process(COMMAND ${PROGRAM} --gtest_list_tests OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "(^|\n)[^ \n]+\\." names "${listing}")
set(tests)
foreach(name IN LISTS names)
  string(REGEX REPLACE "^\n|\\.$" "" name "${name}")
  set(cost 0)
  if(name IN_LIST first)
    set(cost 400)
  endif()
  string(APPEND tests "add_test([=[${name}]=] [=[${PROGRAM}]=] [=[--gtest_filter=${name}.*]=] --gtest_brief=1)\n"
                      "set_tests_properties([=[${name}]=] PROPERTIES TIMEOUT 7200 COST ${cost})\n")
endforeach()
file(WRITE ${SUITES} "${tests}")
