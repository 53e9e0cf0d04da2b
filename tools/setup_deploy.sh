# shellcheck shell=bash
# What `./test deploy` and `make monitoring` need beyond packages: a Python of their own, kustomize, Helm, definitions. Sourced by checks.sh.

DEPLOY_TOOLS=$DSS_ROOT/build/deploy
KUSTOMIZE_VERSION=v5.7.1
HELM_VERSION=v3.22.0

# Its own environment: the Kubernetes models pin other versions than the rest of the tests.
setup_deploy_python() {
  local python=$DEPLOY_TOOLS/python stamp=$DEPLOY_TOOLS/python/.installed
  [ -z "${SKIP_SETUP:-}" ] || return 0
  [ -e "$stamp" ] && [ ! "$DSS_ROOT/tests/deploy/requirements.txt" -nt "$stamp" ] && return
  say "installing the Python packages of tests/deploy/requirements.txt"
  "$(system_python)" -m venv "$python" >&2 || die "could not make $python" "is python3-venv installed?"
  "$python/bin/python" -m pip install -q --disable-pip-version-check -r "$DSS_ROOT/tests/deploy/requirements.txt" >&2 </dev/null ||
    die "pip could not install the packages (its words stand above)" "is the network up? Then start this again."
  touch "$stamp"
}

# kustomize, or kubectl 1.27 and newer, which holds it; Debian 12's kubectl is too old.
setup_kustomize() {
  [ -z "${SKIP_SETUP:-}" ] || return 0
  if [ -x "$DEPLOY_TOOLS/bin/kustomize" ] || command -v kustomize >/dev/null; then return; fi
  if kubectl version --client 2>/dev/null | grep -q '^Kustomize Version: v5'; then return; fi
  command -v go >/dev/null || die "neither kustomize, nor kubectl with kustomize 5, nor Go was found" \
    "install one of them: https://kubectl.docs.kubernetes.io/installation/kustomize/"
  say "building kustomize $KUSTOMIZE_VERSION"
  GOBIN=$DEPLOY_TOOLS/bin go install "sigs.k8s.io/kustomize/kustomize/v5@$KUSTOMIZE_VERSION" >&2 ||
    die "kustomize could not be built" "its words stand above"
}

setup_helm() {
  [ -z "${SKIP_SETUP:-}" ] || return 0
  if [ -x "$DEPLOY_TOOLS/bin/helm" ] || command -v helm >/dev/null; then return; fi
  command -v go >/dev/null || die "neither Helm nor Go was found" "install one of them: https://helm.sh/docs/intro/install/"
  say "building Helm $HELM_VERSION"
  GOBIN=$DEPLOY_TOOLS/bin go install "helm.sh/helm/v3/cmd/helm@$HELM_VERSION" >&2 ||
    die "Helm could not be built" "its words stand above"
}

# Google's clients for dashboards and alerts, for the protocol definitions inside them; their dependencies are not wanted.
setup_cloud_protos() {
  [ -z "${SKIP_SETUP:-}" ] || return 0
  local package folder
  for package in monitoring-dashboards@4.2.0 monitoring@6.1.1; do
    folder=$DEPLOY_TOOLS/${package%@*}
    [ -e "$folder/package/build/protos/protos.json" ] && continue
    mkdir -p "$folder"
    (cd "$folder" && npm pack --silent "@google-cloud/$package" >&2 </dev/null && tar -xzf ./*.tgz package/build/protos) ||
      die "npm could not fetch @google-cloud/$package (its words stand above)" "is the network up? Then start this again."
  done
}
