# dss_embed(TARGET NAME FILE): puts FILE's bytes into TARGET's read-only data.
# In C++:  extern "C" const unsigned char dss_embed_NAME[];  extern "C" const unsigned long dss_embed_NAME_size;
function(dss_embed target name file)
  get_filename_component(path "${file}" ABSOLUTE)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/embed_${name}.c")
  file(SIZE "${path}" bytes)
  file(WRITE "${source}.in" "__asm__(\".section .rodata\\n\"
        \".global dss_embed_${name}\\n.balign 16\\ndss_embed_${name}:\\n\"
        \".incbin \\\"${path}\\\"\\n.byte 0\\n\"
        \".previous\\n\");
extern const unsigned long dss_embed_${name}_size;
const unsigned long dss_embed_${name}_size = ${bytes}UL;
")
  configure_file("${source}.in" "${source}" COPYONLY)
  set_source_files_properties("${source}" PROPERTIES OBJECT_DEPENDS "${path}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
  target_sources(${target} PRIVATE "${source}")
endfunction()
