# SPDX-License-Identifier: GPL-2.0-or-later
# Rules of the house as tests: each prints what is wrong and how to mend it.

find_program(system_python python3 PATHS /usr/bin NO_DEFAULT_PATH NO_CACHE REQUIRED)
set(system_python ${system_python} -B)

function(add_house_test name)
  add_test(NAME house.${name} COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(house.${name} PROPERTIES TIMEOUT 1200)
endfunction()

add_house_test(layers ${system_python} tools/check_layers.py)
add_house_test(layers.self ${system_python} tools/test_check_layers.py)
add_house_test(texts ${system_python} tools/check_texts.py --program $<TARGET_FILE:kmodsec>)
add_house_test(texts.self ${system_python} tools/test_check_texts.py)
add_house_test(manual ${system_python} tools/check_manual.py $<TARGET_FILE:kmodsec>)
add_house_test(manual.self ${system_python} tools/test_check_manual.py)
add_house_test(setup ${system_python} tools/test_dependencies.py)
add_house_test(format tools/check_format.sh)
add_house_test(units ${system_python} tools/check_units.py)
add_house_test(shell shellcheck -x -a run .ci/run .ci/cve-tables tools/check_format.sh tools/fuzz.sh
               packaging/completions/kmodsec.bash)
