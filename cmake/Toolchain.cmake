# Compiler flags that every target shares. Nothing here depends on the build machine's processor.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
                    -fvisibility=hidden -fno-semantic-interposition)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these inside its own headers once optimised with sanitizers on.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict> -Wno-maybe-uninitialized)
else()
  # Clang sees that libstdc++ 12's own std::stable_sort calls what C++17 deprecated.
  add_compile_options(-Wno-deprecated-declarations)
endif()
# Arm's plain char is unsigned; scores must not depend on the processor.
if(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  add_compile_options(-fsigned-char)
endif()
if(DSS_SANITIZE)
  add_compile_options(-fsanitize=${DSS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${DSS_SANITIZE})
else()
  # The checkout's path stays out of the program: two checkouts of one revision build the same bytes.
  add_compile_options(-D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection
                      -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -ffunction-sections -fdata-sections)
  add_link_options(-Wl,-z,relro,-z,now -Wl,--gc-sections -Wl,--as-needed)
endif()
find_program(DSS_MOLD mold)
if(DSS_MOLD AND NOT CMAKE_CROSSCOMPILING)
  add_link_options(-fuse-ld=mold)
endif()
find_program(DSS_CCACHE ccache)
if(DSS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DSS_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${DSS_CCACHE})
endif()
