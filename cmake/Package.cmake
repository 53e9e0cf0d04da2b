# What `cmake --install` puts where, and the Debian package of it: cpack -G DEB.
include(GNUInstallDirs)
set(_debian "${CMAKE_SOURCE_DIR}/deploy/debian")
install(TARGETS dss RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY models/ DESTINATION ${CMAKE_INSTALL_DATADIR}/dss/models)
install(FILES completion/dss.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME dss)
install(FILES completion/_dss DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES completion/dss.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# Policy wants man pages and changelogs compressed, without a name or a time inside.
function(_dss_gzip source destination)
  get_filename_component(folder "${destination}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  execute_process(COMMAND gzip -9n INPUT_FILE "${source}" OUTPUT_FILE "${destination}" COMMAND_ERROR_IS_FATAL ANY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
endfunction()
configure_file("${_debian}/changelog.in" "${CMAKE_BINARY_DIR}/package/changelog" @ONLY)
_dss_gzip("${CMAKE_BINARY_DIR}/package/changelog" "${CMAKE_BINARY_DIR}/package/changelog.gz")
_dss_gzip("${CMAKE_SOURCE_DIR}/man/dss.1" "${CMAKE_BINARY_DIR}/package/dss.1.gz")
install(FILES "${CMAKE_BINARY_DIR}/package/dss.1.gz" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

# Only the package has these: a plain `make install` leaves the system's folders alone.
set(DSS_SBOM "${CMAKE_SOURCE_DIR}/build/sbom.cdx.json" CACHE FILEPATH "List of parts for the package (make sbom)")
install(FILES "${_debian}/copyright" "${CMAKE_BINARY_DIR}/package/changelog.gz" "${DSS_SBOM}"
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES "${_debian}/dss.service" DESTINATION /lib/systemd/system COMPONENT debian EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_INSTALL_CMAKE_PROJECTS "${CMAKE_BINARY_DIR};dss;ALL;/" "${CMAKE_BINARY_DIR};dss;debian;/")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
    WORLD_READ WORLD_EXECUTE)
set(CPACK_PACKAGE_NAME dss)
set(CPACK_PACKAGE_CONTACT "Digital Social Score <dss@example.org>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "dss scores how toxic a text is, from 0 to 100, over HTTP or in bulk, with
two models that run on the processor alone. It answers several protocols
of moderation services and exports metrics for Prometheus.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libpq5, prometheus")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION TRUE)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${_debian}/postinst;${_debian}/prerm;${_debian}/postrm")
include(CPack)
