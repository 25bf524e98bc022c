# SPDX-License-Identifier: GPL-2.0-or-later
# One test for each file of tests/lab: the release build in real kernels, in virtual machines.

file(GLOB lab_tests CONFIGURE_DEPENDS lab/test_*.py)
foreach(file IN LISTS lab_tests)
  get_filename_component(name ${file} NAME_WE)
  string(REGEX REPLACE "^test_" "" name ${name})
  add_test(NAME lab.${name} COMMAND ${system_python} -m unittest -v tests/lab/test_${name}.py
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(lab.${name} PROPERTIES
    TIMEOUT 3600 COST 1000 LABELS lab
    ENVIRONMENT KMODSEC_BIN=${PROJECT_SOURCE_DIR}/build/release/kmodsec)
endforeach()
