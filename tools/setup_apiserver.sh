# shellcheck shell=bash
# What `make k8s-apiserver-test` needs: kube-apiserver, kubectl and etcd, built from the Go proxy once and kept outside the
# tree, because a cold build takes a quarter of an hour of processor time. Sourced by the Makefile behind setup.sh.

KUBERNETES_VERSION=v1.37.2
ETCD_VERSION=v3.6.15
APISERVER_TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/dss/k8s-$KUBERNETES_VERSION

# go_in FOLDER ARGS...: go there, gently: it is a long build.
go_in() {
  local folder=$1
  shift
  (cd "$folder" && GOFLAGS=-mod=mod nice -n 15 go "$@" >&2 </dev/null)
}

# A module of its own that builds Kubernetes: `go install` refuses it, since its staging modules are required as v0.0.0
# and replaced by folders that only its repository has. Each is replaced by its published version instead.
write_kubernetes_module() {
  local folder=$1 source staging=v0.${KUBERNETES_VERSION#v1.}
  source=$(cd "$folder" && go mod download -json "k8s.io/kubernetes@$KUBERNETES_VERSION" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
  [ -s "$source" ] || die "k8s.io/kubernetes $KUBERNETES_VERSION could not be fetched" "is the network up? Then start this again."
  {
    printf 'module dss.test/kubernetes\n\n'
    sed -n 's/^go /go /p; s/^godebug /godebug /p' "$source"
    printf '\nrequire k8s.io/kubernetes %s\n\nreplace (\n' "$KUBERNETES_VERSION"
    sed -n "s/^\t\(k8s\.io\/[a-z-]*\) v0\.0\.0\( .*\)\{0,1\}$/\t\1 => \1 $staging/p" "$source" | sort -u
    printf ')\n'
  } >"$folder/go.mod"
  printf '//go:build tools\n\npackage tools\n\nimport (\n\t_ "k8s.io/kubernetes/cmd/kube-apiserver"\n\t_ "k8s.io/kubernetes/cmd/kubectl"\n)\n' >"$folder/tools.go"
}

# A program that is not told its version says v0.0.0 and then refuses to emulate any.
kubernetes_version_flags() {
  local minor=${KUBERNETES_VERSION#v1.} package=k8s.io/component-base/version
  printf -- '-s -w -X %s.gitMajor=1 -X %s.gitMinor=%s -X %s.gitVersion=%s' \
    $package $package "${minor%%.*}" $package "$KUBERNETES_VERSION"
}

build_kubernetes() {
  local folder=$APISERVER_TOOLS/kubernetes
  mkdir -p "$folder"
  write_kubernetes_module "$folder"
  go_in "$folder" build -p 2 -trimpath -ldflags "$(kubernetes_version_flags)" -o "$APISERVER_TOOLS/bin/" \
    k8s.io/kubernetes/cmd/kube-apiserver k8s.io/kubernetes/cmd/kubectl ||
    die "kube-apiserver $KUBERNETES_VERSION could not be built (its words stand above)" "go 1.26 or newer is needed: go version"
}

build_etcd() {
  local folder=$APISERVER_TOOLS/etcd
  mkdir -p "$folder"
  printf 'module dss.test/etcd\n\ngo 1.24\n\nrequire go.etcd.io/etcd/server/v3 %s\n' "$ETCD_VERSION" >"$folder/go.mod"
  go_in "$folder" build -p 2 -trimpath -ldflags '-s -w' -o "$APISERVER_TOOLS/bin/etcd" go.etcd.io/etcd/server/v3 ||
    die "etcd $ETCD_VERSION could not be built (its words stand above)" "is the network up? Then start this again."
}

setup_apiserver() {
  [ -z "${SKIP_SETUP:-}" ] || return 0
  command -v go >/dev/null || die "Go was not found" "install Go 1.26 or newer: https://go.dev/doc/install"
  if [ ! -x "$APISERVER_TOOLS/bin/etcd" ]; then
    say "building etcd $ETCD_VERSION (a minute)"
    build_etcd
  fi
  if [ ! -x "$APISERVER_TOOLS/bin/kube-apiserver" ] || [ ! -x "$APISERVER_TOOLS/bin/kubectl" ]; then
    say "building kube-apiserver $KUBERNETES_VERSION (a quarter of an hour)"
    build_kubernetes
  fi
}
