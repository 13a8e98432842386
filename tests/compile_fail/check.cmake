# SPDX-License-Identifier: BSL-1.0
#
# Compiles FILE with OPTIONS, which must fail, and looks for each of its "// EXPECT: <regular expression>" in the first
# error: the lines that lead to it, its own, and the four behind it.

set(ENV{LC_ALL} C)

file(STRINGS "${FILE}" expectations REGEX "^// EXPECT: ")
if(NOT expectations)
    message(FATAL_ERROR "${FILE} expects nothing")
endif()

execute_process(COMMAND "${COMPILER}" ${OPTIONS} "${FILE}" RESULT_VARIABLE result ERROR_VARIABLE output)
if(result EQUAL 0)
    message(FATAL_ERROR "${FILE} compiles, but must not")
endif()

if(NOT output MATCHES "error: ")
    message(FATAL_ERROR "there is no error in:\n${output}")
endif()
string(FIND "${output}" "error: " start)
string(SUBSTRING "${output}" 0 ${start} before)
string(SUBSTRING "${output}" ${start} -1 rest)
string(REGEX MATCH "^[^\n]*\n?[^\n]*\n?[^\n]*\n?[^\n]*\n?[^\n]*\n?" rest "${rest}")
set(first_error "${before}${rest}")

foreach(expectation IN LISTS expectations)
    string(REGEX REPLACE "^// EXPECT: " "" expectation "${expectation}")
    if(NOT first_error MATCHES "${expectation}")
        message(FATAL_ERROR "the first error does not say: ${expectation}\nbut:\n${first_error}")
    endif()
endforeach()

execute_process(COMMAND "${COMPILER}" -DSTEWARD_COMPILE_FAIL_FIXED ${OPTIONS} "${FILE}"
                RESULT_VARIABLE result ERROR_VARIABLE output)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "the corrected program does not compile:\n${output}")
endif()
