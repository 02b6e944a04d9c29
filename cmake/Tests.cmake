# crossload_test(NAME SOURCES file... LINKS target... [LABELS label...] [TIMEOUT seconds] [LOCKS name...])
# One GoogleTest program; each of its tests is a ctest entry NAME.Suite.Test. LOCKS: what no two tests may use at once.
function(crossload_test NAME)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;LINKS;LABELS;LOCKS" ${ARGN})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 60)
  endif()
  if(TEST_LOCKS)
    set(TEST_LOCKS RESOURCE_LOCK "${TEST_LOCKS}")
  endif()
  add_executable(${NAME} ${TEST_SOURCES})
  target_link_libraries(${NAME} PRIVATE ${TEST_LINKS} GTest::gmock GTest::gtest_main crossload_warnings)
  target_compile_definitions(${NAME} PRIVATE CROSSLOAD_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                             CROSSLOAD_BINARY="${PROJECT_BINARY_DIR}/crossload")
  gtest_discover_tests(${NAME} TEST_PREFIX ${NAME}. DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}" ${TEST_LOCKS})
endfunction()
