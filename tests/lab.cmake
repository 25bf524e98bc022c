# SPDX-License-Identifier: GPL-2.0-or-later
# One test for each file of tests/lab: the release build in real kernels, in virtual machines.

# Those that would make the run much longer. They run when they are asked for: ./run test -C Long
set(long_tests dracut lean_elsewhere lean_upgrade)
# A guest that hangs is killed by the laboratory (lab/watch.py), long before ctest ends its test.
# Those that take longest begin first, so that no processor is idle at the end.
set(first_tests lean policy doors baseline events show)

file(GLOB lab_tests CONFIGURE_DEPENDS lab/test_*.py)
foreach(file IN LISTS lab_tests)
  get_filename_component(name ${file} NAME_WE)
  string(REGEX REPLACE "^test_" "" name ${name})
  set(when)
  if(name IN_LIST long_tests)
    set(when CONFIGURATIONS Long)
  endif()
  set(cost 1000)
  if(name IN_LIST first_tests)
    set(cost 2000)
  endif()
  add_test(NAME lab.${name} ${when} COMMAND ${system_python} -m unittest -v tests/lab/test_${name}.py
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(lab.${name} PROPERTIES
    TIMEOUT 14400 COST ${cost} LABELS lab
    ENVIRONMENT KMODSEC_BIN=${PROJECT_SOURCE_DIR}/build/release/kmodsec)
endforeach()
