# SPDX-License-Identifier: GPL-2.0-or-later
# Eight times the input may cost twelve times the instructions. Valgrind cannot run what has sanitizers.

add_test(NAME scaling
         COMMAND ${system_python} tests/scaling/test_scaling.py
                 ${PROJECT_SOURCE_DIR}/build/release/kmodsec_scaling
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(scaling PROPERTIES TIMEOUT 6000 LABELS release SKIP_RETURN_CODE 77)
