# One static library per room. A room sees the public headers of the rooms it links and no others: each room's
# headers are published through a folder of its own, so an include in the wrong direction does not build.

add_library(crossload_warnings INTERFACE)
target_compile_options(crossload_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
                                                    -Wnon-virtual-dtor -Wold-style-cast)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of overlaps in "text" + std::string that cannot be (its bug 105651).
  target_compile_options(crossload_warnings INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()
if(CROSSLOAD_WERROR)
  target_compile_options(crossload_warnings INTERFACE -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Told, but no error: this one guesses wrong about moved strings when it optimises.
    target_compile_options(crossload_warnings INTERFACE -Wno-error=maybe-uninitialized)
  endif()
endif()

# crossload_room(NAME SOURCES file... [LINKS target...] [PRIVATE_LINKS target...])
# NAME may be a path below src/ (driver/sqlite); its published headers are then in include/crossload/driver_sqlite.
function(crossload_room NAME)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  string(REPLACE "/" "_" target_suffix ${NAME})
  set(target crossload_${target_suffix})
  add_library(${target} STATIC ${ROOM_SOURCES})
  add_library(crossload::${target_suffix} ALIAS ${target})
  if(EXISTS ${PROJECT_SOURCE_DIR}/include/crossload/${target_suffix})
    set(published ${PROJECT_BINARY_DIR}/rooms/${target_suffix})
    file(MAKE_DIRECTORY ${published}/crossload)
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/include/crossload/${target_suffix}
         ${published}/crossload/${target_suffix} SYMBOLIC)
    target_include_directories(${target} PUBLIC ${published})
  endif()
  target_link_libraries(${target} PUBLIC ${ROOM_LINKS} Threads::Threads PRIVATE ${ROOM_PRIVATE_LINKS} crossload_warnings)
endfunction()
