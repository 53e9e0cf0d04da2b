# shellcheck shell=bash
# Packages without installing them: apt downloads into .deps/, dpkg unpacks there, and the environment points to it.
# Sourced by setup.sh.

# apt-get with its own state and cache below .deps/apt, so that it needs no rights.
own_apt() {
  local apt=$DSS_DEPS/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  apt-get -q -o Dir::State="$apt" -o Dir::State::lists="$apt/lists" -o Dir::State::status=/var/lib/dpkg/status \
    -o Dir::Cache="$apt/cache" -o Dir::Log="$apt" -o Debug::NoLocking=1 -o APT::Sandbox::User="" \
    -o APT::Get::AllowUnauthenticated=0 "$@"
}

# The packages that "$@" need and that the system lacks, without the C library's own programs: those must be the system's.
unpack_closure() {
  own_apt -s --no-install-recommends install "$@" 2>/dev/null |
    awk '/^Inst /{print $2}' | grep -vE '^(libc6|libc-bin|libc-l10n|locales)$'
}

unpack_packages() {
  local closure
  say "unpacking into .deps/ (nothing is installed): $*"
  if ! closure=$(unpack_closure "$@") || [ -z "$closure" ]; then
    say "fetching the package lists into .deps/apt"
    apt_retry own_apt update || die "apt-get update failed (its words stand above)" \
      "is the network up, and are the sources in /etc/apt reachable? Then start this again."
    closure=$(unpack_closure "$@") || closure=
    [ -n "$closure" ] || die "apt does not know all of: $*" "add Debian 12's main archive to /etc/apt/sources.list"
  fi
  local folder=$DSS_DEPS/apt/debs
  rm -rf "$folder" && mkdir -p "$folder"
  # shellcheck disable=SC2086  # one name a word
  (cd "$folder" && apt_retry own_apt download $closure) || die "could not download the packages (apt's words stand above)" \
    "is the network up, and is there room on the disk? Then start this again."
  local deb
  for deb in "$folder"/*.deb; do
    dpkg -x "$deb" "$DSS_DEPS" || die "could not unpack $deb" "is the disk full? (df -h $DSS_ROOT)"
    record_unpacked "$deb"
  done
  rm -rf "$folder"
  mend_links
  mend_linker_scripts
  write_compiler_wrappers
  local name
  for name in "$@" $closure; do : >>"$DSS_DEPS/.unpacked/$name"; done
}

# .deps/.unpacked/NAME: the package's version, then its files, for tools/debian_packages.py.
record_unpacked() {
  local record=$DSS_DEPS/.unpacked
  mkdir -p "$record"
  record+=/$(dpkg-deb -f "$1" Package)
  dpkg-deb -f "$1" Version >"$record"
  dpkg-deb --fsys-tarfile "$1" | tar -t | sed -e 's#^\.##' -e '/\/$/d' >>"$record"
}

# Absolute links, and links to files that are the system's, are turned to where the file is.
mend_links() {
  local link target
  while IFS= read -r -d '' link; do
    target=$(readlink "$link")
    case $target in
      "$DSS_DEPS"/*) ;;
      /*) if [ -e "$DSS_DEPS$target" ]; then ln -sfn "$DSS_DEPS$target" "$link"; fi ;;
      *) [ -e "$link" ] || mend_relative_link "$link" "$target" ;;
    esac
  done < <(find "$DSS_DEPS" -path "$DSS_DEPS/apt" -prune -o -type l -print0)
}

mend_relative_link() {
  local folder=${1%/*} name=${2##*/} place
  for place in "${folder#"$DSS_DEPS"}/$2" "/lib/$(multiarch)/$name" "/usr/lib/$(multiarch)/$name"; do
    if [ -e "$DSS_DEPS$place" ]; then place=$DSS_DEPS$place; fi
    if [ -e "$place" ]; then
      ln -sfn "$place" "$1"
      return
    fi
  done
}

# libc.so and its like are texts that name files by their place in the system.
mend_linker_scripts() {
  local file word
  for file in "$DSS_DEPS/usr/lib/$(multiarch)"/lib{c,m,pthread}.{so,a}; do
    if [ ! -f "$file" ] || [ -L "$file" ] || ! grep -qI GROUP "$file"; then continue; fi
    while read -r word; do
      if [ -e "$DSS_DEPS$word" ]; then sed -i "s#\([( ]\)$word#\1$DSS_DEPS$word#" "$file"; fi
    done < <(grep -oE '[( ]/(usr/)?lib[^ )]*' "$file" | tr -d '( ')
  done
}

multiarch() {
  case $(dpkg --print-architecture) in
    amd64) echo x86_64-linux-gnu ;;
    arm64) echo aarch64-linux-gnu ;;
    *) die "unpacking is not prepared for $(dpkg --print-architecture)" "install the packages of tools/ as root" ;;
  esac
}

# Whether something was unpacked that programs are built with; a daemon alone leaves the compiler as it is, so that
# what is built needs nothing of .deps/.
builds_with_unpacked() { [ -d "$DSS_DEPS/usr/include" ]; }

# gcc and g++ that look into .deps/ as well. Where the C library's headers are unpacked too, ours come last, because
# libstdc++ finds them with include_next; else they come first and win over an older version in the system.
write_compiler_wrappers() {
  builds_with_unpacked || return 0
  local order=-isystem name real bin=$DSS_DEPS/bin lib
  lib=$(multiarch)
  [ -e "$DSS_DEPS/usr/include/stdlib.h" ] && order=-idirafter
  mkdir -p "$bin"
  for name in gcc g++; do
    real=$DSS_DEPS/usr/bin/$name
    [ -e "$real" ] || real=/usr/bin/$name
    printf '#!/bin/sh\nexec %s "$@" %s\n' "'$real'" \
      "$order '$DSS_DEPS/usr/include/$lib' $order '$DSS_DEPS/usr/include' -L'$DSS_DEPS/usr/lib/$lib' -L'$DSS_DEPS/lib/$lib' \
-Wl,-rpath,'$DSS_DEPS/usr/lib/$lib:$DSS_DEPS/lib/$lib'" >"$bin/$name"
    chmod +x "$bin/$name"
  done
  ln -sfn gcc "$bin/cc" && ln -sfn g++ "$bin/c++"
}

# Lets programs, compiler and CMake find what is unpacked. Does nothing when nothing is.
use_unpacked() {
  [ -d "$DSS_DEPS/.unpacked" ] || return 0
  case $PATH in *"$DSS_DEPS/usr/bin"*) return 0 ;; esac
  local lib
  lib=$(multiarch)
  if builds_with_unpacked; then PATH=$DSS_DEPS/bin:$PATH; fi
  export PATH=$PATH:$DSS_DEPS/usr/bin:$DSS_DEPS/usr/sbin
  export LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$DSS_DEPS/usr/lib/$lib:$DSS_DEPS/lib/$lib
  export CMAKE_PREFIX_PATH=$DSS_DEPS/usr${CMAKE_PREFIX_PATH:+:$CMAKE_PREFIX_PATH}
  export PKG_CONFIG_PATH=$DSS_DEPS/usr/lib/$lib/pkgconfig:$DSS_DEPS/usr/share/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
}
