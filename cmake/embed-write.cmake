# Writes the assembly file of polder_embed: one `.incbin` a file and the table of all. The checksum beside each file makes
# the assembly differ when a file's content does, so the assembler runs again exactly then; an equal text is not
# written, so nothing is linked again for nothing.
file(STRINGS ${LIST} lines)
set(entries "")
foreach(line IN LISTS lines)
  string(FIND "${line}" "=" split)
  string(SUBSTRING "${line}" 0 ${split} path)
  math(EXPR split "${split} + 1")
  string(SUBSTRING "${line}" ${split} -1 source)
  if(source MATCHES "/$")
    file(GLOB_RECURSE found RELATIVE ${source} ${source}*)
    foreach(file IN LISTS found)
      list(APPEND entries "${path}/${file}=${source}${file}")
    endforeach()
  else()
    list(APPEND entries "${line}")
  endif()
endforeach()
list(SORT entries)
list(LENGTH entries count)

set(blobs "")
set(table "")
set(i 0)
foreach(entry IN LISTS entries)
  string(REGEX MATCH "^([^=]*)=(.*)$" entry "${entry}")
  set(path "${CMAKE_MATCH_1}")
  set(source "${CMAKE_MATCH_2}")
  file(SHA256 "${source}" sum)
  string(APPEND blobs "p${i}: .ascii \"${path}\"\n.balign 16\nb${i}: .incbin \"${source}\"\ne${i}:\n/* ${sum} */\n")
  string(LENGTH "${path}" size)
  string(APPEND table ".quad p${i}, ${size}, b${i}, e${i} - b${i}\n")
  math(EXPR i "${i} + 1")
endforeach()
file(CONFIGURE OUTPUT ${ASSEMBLY} @ONLY CONTENT "/* Written by cmake/embed-write.cmake. */
.section .rodata
${blobs}
.section .data.rel.ro, \"aw\", %progbits
.balign 16
.globl polder_embedded_table
polder_embedded_table:
${table}
.globl polder_embedded_count
polder_embedded_count: .quad ${count}
.section .note.GNU-stack, \"\", %progbits
")
