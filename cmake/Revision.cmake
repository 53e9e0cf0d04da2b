# DSS_REVISION: the commit that the build was made from, or "unknown" outside a checkout.
find_package(Git QUIET)
set(DSS_REVISION "unknown")
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --short=12 HEAD
                  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
                  OUTPUT_VARIABLE DSS_REVISION OUTPUT_STRIP_TRAILING_WHITESPACE
                  ERROR_QUIET RESULT_VARIABLE _status)
  if(NOT _status EQUAL 0)
    set(DSS_REVISION "unknown")
  endif()
endif()
