# SPDX-License-Identifier: GPL-2.0-or-later
# What an installation has beside the program, and the Debian package of it (./run package).

include(GNUInstallDirs)

find_program(SCDOC scdoc)
find_program(GZIP gzip)

# Compresses a text as packages want it: without a name or a time.
function(install_compressed source name destination)
  set(packed ${PROJECT_BINARY_DIR}/${name}.gz)
  add_custom_command(OUTPUT ${packed} DEPENDS ${source}
    COMMAND sh -c "${ARGN} <'${source}' | ${GZIP} -9n >'${packed}'" VERBATIM)
  string(MAKE_C_IDENTIFIER ${name} target)
  add_custom_target(${target}_gz ALL DEPENDS ${packed})
  install(FILES ${packed} DESTINATION ${destination})
endfunction()

if(SCDOC AND GZIP)
  install_compressed(${PROJECT_SOURCE_DIR}/man/kmodsec.8.scd kmodsec.8
                     ${CMAKE_INSTALL_MANDIR}/man8 ${SCDOC})
endif()

set(packaging ${PROJECT_SOURCE_DIR}/packaging)
install(DIRECTORY schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/kmodsec)
install(DIRECTORY ${packaging}/systemd/ DESTINATION lib/systemd/system)
set(KMODSEC_DATA_KEY "" CACHE FILEPATH "A public key that tables of known vulnerabilities may be signed by")
if(KMODSEC_DATA_KEY)
  install(FILES ${KMODSEC_DATA_KEY} DESTINATION ${CMAKE_INSTALL_DATADIR}/kmodsec/data-keys
          RENAME kmodsec.pem)
endif()
install(FILES ${packaging}/completions/kmodsec.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME kmodsec)
install(FILES ${packaging}/completions/_kmodsec
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${packaging}/completions/kmodsec.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
install(PROGRAMS ${packaging}/kernel-install.install
        DESTINATION lib/kernel/install.d RENAME 95-kmodsec.install)
install(FILES ${packaging}/policy.toml.example DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

if(NOT KMODSEC_DEBIAN_PACKAGE)
  install(TARGETS kmodsec)
else()
  # Linked with the distribution's libraries, on which the package then depends.
  add_executable(kmodsec_packaged src/main.cpp)
  target_link_libraries(kmodsec_packaged PRIVATE kmodsec_core)
  set_target_properties(kmodsec_packaged PROPERTIES KMODSEC_SHARED_LIBRARIES ON OUTPUT_NAME kmodsec
                        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/packaged)
  install(TARGETS kmodsec_packaged)
  install(FILES ${packaging}/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
  install_compressed(${packaging}/debian/changelog changelog ${CMAKE_INSTALL_DOCDIR} cat)
  install(PROGRAMS ${packaging}/debian/kernel-postinst
          DESTINATION /etc/kernel/postinst.d RENAME zy-kmodsec)
  set(CPACK_GENERATOR DEB)
  set(CPACK_STRIP_FILES ON)
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
  set(CPACK_PACKAGE_CONTACT "The kmodsec developers <kmodsec@kmodsec.example>")
  set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "kernel-module security of a Linux host, with proof")
  set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Tells which kernel modules are loaded and where they come from, verifies their
signatures, proves whether a deny denies, makes a host what its policy asks
for as one transaction, and ties each change of a module to what explains it.")
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
  set(CPACK_DEBIAN_PACKAGE_SECTION admin)
  set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS "kmod, libkmod2")
  set(CPACK_DEBIAN_PACKAGE_SUGGESTS "auditd, curl")
  set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
  file(WRITE ${PROJECT_BINARY_DIR}/conffiles "/etc/kernel/postinst.d/zy-kmodsec\n")
  set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
      ${PROJECT_BINARY_DIR}/conffiles ${packaging}/debian/triggers ${packaging}/debian/postinst
      ${packaging}/debian/prerm ${packaging}/debian/postrm)
  include(CPack)
endif()
