# polder_embed(target FILES path=file … DIRECTORIES prefix=folder … DEPENDS …)
#
# A library that carries files inside the program; src/kernel/base/embedded.h reads them. The bytes go in by `.incbin`
# in one generated assembly file, so that a megabyte of fonts costs no compile time (docs/decisions/0009).
# `path` and `prefix` are the names the program knows. A DIRECTORY is read when the library is built, because the names
# in it (content hashes) are not known before; what fills it stands in DEPENDS. A program links one such library.
function(polder_embed target)
  cmake_parse_arguments(arg "" "" "FILES;DIRECTORIES;DEPENDS" ${ARGN})
  set(list ${CMAKE_CURRENT_BINARY_DIR}/${target}.list)
  set(assembly ${CMAKE_CURRENT_BINARY_DIR}/${target}.S)
  set(sources "")
  foreach(entry IN LISTS arg_FILES)
    string(REGEX REPLACE "^[^=]*=" "" source "${entry}")
    list(APPEND sources "${source}")
  endforeach()
  list(JOIN arg_FILES "\n" files)
  list(TRANSFORM arg_DIRECTORIES APPEND "/" OUTPUT_VARIABLE directories)
  list(JOIN directories "\n" directories)
  file(CONFIGURE OUTPUT ${list} CONTENT "${files}\n${directories}\n")

  add_custom_command(OUTPUT ${assembly}
    COMMAND ${CMAKE_COMMAND} -D LIST=${list} -D ASSEMBLY=${assembly} -P ${PROJECT_SOURCE_DIR}/cmake/embed-write.cmake
    DEPENDS ${list} ${sources} ${arg_DEPENDS} ${PROJECT_SOURCE_DIR}/cmake/embed-write.cmake
    COMMENT "Embedding files (${target})" VERBATIM)
  set_source_files_properties(${assembly} PROPERTIES COMPILE_OPTIONS "-Wno-error")
  add_library(${target} STATIC ${PROJECT_SOURCE_DIR}/cmake/embedded.cpp ${assembly})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src)
endfunction()

# polder_embed_rooms(variable pattern prefix): FILES entries for every src/<room path>/<folder>/<file> that matches,
# named <prefix>/<room path>/<file>.
function(polder_embed_rooms variable folder extension prefix)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/src "src/*.${extension}")
  set(entries "")
  foreach(file IN LISTS found)
    if(file MATCHES "^(.+)/${folder}/([^/]+)$")
      list(APPEND entries "${prefix}/${CMAKE_MATCH_1}/${CMAKE_MATCH_2}=${PROJECT_SOURCE_DIR}/src/${file}")
    endif()
  endforeach()
  set(${variable} ${entries} PARENT_SCOPE)
endfunction()

# ---- what Polder carries ----
find_program(NODE NAMES node nodejs REQUIRED)
file(GLOB_RECURSE asset_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/assets/*)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/assets/manifest.json ${CMAKE_BINARY_DIR}/passwords.txt
  COMMAND ${NODE} ${PROJECT_SOURCE_DIR}/scripts/assets.mjs ${CMAKE_BINARY_DIR}
  DEPENDS ${asset_sources} ${PROJECT_SOURCE_DIR}/scripts/assets.mjs ${PROJECT_SOURCE_DIR}/package-lock.json
  COMMENT "Bundling assets" VERBATIM)

polder_embed_rooms(messages messages json messages)
polder_embed_rooms(migrations migrations sql migrations)
file(GLOB charters CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/charters/*.toml)
list(TRANSFORM charters REPLACE "^.*/([^/]+)$" "charters/\\1=\\0")
file(GLOB licence CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/LICENSE)
list(TRANSFORM licence PREPEND "LICENSE=")
polder_embed(embedded
  FILES ${messages} ${migrations} ${charters} ${licence} passwords.txt=${CMAKE_BINARY_DIR}/passwords.txt
  DIRECTORIES assets=${CMAKE_BINARY_DIR}/assets
  DEPENDS ${CMAKE_BINARY_DIR}/assets/manifest.json)
set(POLDER_TEST_USES embedded)
