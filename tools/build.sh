# shellcheck shell=bash
# Configuring and building a CMake preset, quietly when it goes well. Sourced behind setup.sh.

# Clones at other places share the compiler's cache: paths count from the root of the tree.
export CCACHE_BASEDIR=$DSS_ROOT CCACHE_NOHASHDIR=1

# build_preset PRESET TARGET...: says nothing when all is up to date; the compiler's words are shown when it fails.
build_preset() {
  local preset=$1 folder=$DSS_ROOT/build/$1 log
  shift
  log=$folder/build.log
  mkdir -p "$folder" || die "cannot write to $DSS_ROOT/build" "who owns the folder, and is the disk full? (df -h $DSS_ROOT)"
  check_room
  if [ ! -e "$folder/build.ninja" ]; then
    say "configuring $preset"
    (cd "$DSS_ROOT" && cmake --preset "$preset") >"$log" 2>&1 || build_failed "$log" "CMake could not configure $preset"
  fi
  ninja -C "$folder" "$@" 2>&1 </dev/null | tee "$log" | build_progress "$preset" || build_failed "$log" "the build of $preset failed"
}

# Reads ninja's output and says on stderr that and how far the build goes; nothing when there is nothing to do.
build_progress() {
  awk -v tool="${DSS_TOOL:-setup}" -v what="$1" '
    match($0, /^\[[0-9]+\/[0-9]+\] (Building|Linking|Generating)/) {
      split(substr($1, 2), step, "[/\\]]")
      percent = int(4 * step[1] / step[2]) * 25
      if (!said || percent > last) { printf "%s: building %s, %d %%\n", tool, what, percent > "/dev/stderr"; fflush() }
      said = 1; last = percent
    }'
}

# A build needs about 1.5 GB; a full disk otherwise shows as a compiler error that names something else.
check_room() {
  local free
  free=$(df -Pk "$DSS_ROOT" | awk 'NR==2{print $4}')
  [ "${free:-9999999}" -gt 100000 ] || die "the disk is almost full ($((free / 1024)) MB left below $DSS_ROOT)" "make room and start this again"
}

build_failed() {
  local log=$1
  grep -E -m 20 -A 6 'error:|Error|FAILED|fatal|No space left|Killed' "$log" >&2 || tail -n 40 "$log" >&2
  if grep -q 'No space left' "$log"; then die "$2: the disk is full" "make room and start this again"; fi
  if grep -qE 'Killed|cannot allocate memory' "$log"; then die "$2: out of memory" "close something, or build with fewer jobs: ninja -C ${log%/*} -j1"; fi
  if grep -q 'CMAKE_CXX_COMPILER' "$log"; then die "$2: no C++ compiler was found" "install g++ 12 or newer (apt-get install g++)"; fi
  die "$2" "the whole log: $log"
}
