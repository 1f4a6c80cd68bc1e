#!/bin/bash
# Puts a real kube-apiserver (1.20.2) and etcd (3.4) into ~/.cache/kube-apiserver-1.20/bin, or where KUBE_CACHE says.
#
# No package ships a kube-apiserver, but Debian bookworm's source package `kubernetes` holds all of it. Needs bookworm,
# root (for apt alone: everything is unpacked below the cache, nothing is installed) and the Debian mirror; 120 MB are
# downloaded, 2 GB of disk used meanwhile, and two cores busy for four minutes. What is built already stays, and what
# was interrupted goes on where it stopped.
set -euo pipefail

cache=${KUBE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kube-apiserver-1.20}
mkdir -p "$cache/bin"
cache=$(cd "$cache" && pwd)
work=$cache/work
started=$SECONDS

say() { printf '[%4d s] %s\n' $((SECONDS - started)) "$*"; }
fail() { printf 'kube-apiserver cannot be built: %s\n' "$*" >&2; exit 1; }
is_built() { "$cache/bin/kube-apiserver" --version && "$cache/bin/etcd" --version; } >/dev/null 2>&1

# Debian's sources are asked for in a view of our own, so that apt's own lists stay as they are.
apt_private() {
  apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root "$@"
}

download() {
  local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg signed=''
  mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE) $(CODENAME)' 2>/dev/null |
    awk '$2 == "bookworm" || $3 == "bookworm" || $2 == "stable" { print $1; exit }')
  [ -n "$mirror" ] || fail 'the sources of apt name no bookworm'
  [ ! -e $keyring ] || signed="[signed-by=$keyring] "
  printf 'deb %s bookworm main\ndeb-src %s bookworm main\n' "$signed$mirror" "$signed$mirror" > "$work/sources.list"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/downloads"
  cd "$work/downloads"
  apt_private update || fail "the mirror $mirror cannot be reached"
  apt_private download golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev etcd-server ||
    fail 'packages cannot be downloaded'
  apt_private source -d kubernetes=1.20.5+really1.20.2-1.1+deb12u1 || apt_private source -d kubernetes ||
    fail 'the source package cannot be downloaded'
}

unpack() {
  local package tree=$work/go/src/k8s.io/kubernetes
  for package in "$work"/downloads/*.deb; do dpkg-deb -x "$package" "$work/root"; done
  rm -rf "$tree"
  mkdir -p "$tree"
  tar xzf "$work"/downloads/kubernetes_*.orig.tar.gz -C "$tree" --strip-components=1
  # reflect2 1.0.1 calls functions of Go's runtime that changed in Go 1.18: the server would crash at its first map.
  rm -rf "$tree/vendor/github.com/modern-go/reflect2"
  cp -r "$work/root/usr/share/gocode/src/github.com/modern-go/reflect2" "$tree/vendor/github.com/modern-go/reflect2"
  install -m755 "$work/root/usr/bin/etcd" "$cache/bin/etcd"
}

# pkg/generated/openapi is not in the tarball; its generator is.
generate_openapi() {
  local folders
  go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
  folders=$(grep -RlE --include='*.go' '\+k8s:openapi-gen=' pkg vendor/k8s.io/ |
    grep -vE 'vendor/k8s.io/(code-generator|sample-apiserver|kube-openapi|gengo)/|/testdata/|_test\.go$|zz_generated' |
    xargs -n1 dirname | LC_ALL=C sort -u | sed 's,^,k8s.io/kubernetes/,' | paste -sd, -)
  "$work/openapi-gen" --logtostderr -i "$folders" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
    -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r "$work/violations" 2> "$work/openapi-gen.log" ||
    fail "openapi-gen: $(tail -3 "$work/openapi-gen.log")"
}

compile() {
  local vendor=k8s.io/kubernetes/vendor/k8s.io package flags='-s -w'
  for package in $vendor/client-go/pkg/version $vendor/component-base/version; do
    flags="$flags -X $package.gitVersion=v1.20.2 -X $package.gitMajor=1 -X $package.gitMinor=20"
    flags="$flags -X $package.gitTreeState=clean -X $package.gitCommit=debian -X $package.buildDate=2021-01-13T13:20:00Z"
  done
  go build -ldflags "$flags" -o "$work/kube-apiserver" ./cmd/kube-apiserver
  mv "$work/kube-apiserver" "$cache/bin/kube-apiserver"
}

# A step that is done leaves a mark.
step() {
  [ ! -e "$work/done.$1" ] || return 0
  say "$1"
  "$1"
  touch "$work/done.$1"
}

if is_built; then exit 0; fi
exec 9> "$cache/lock"
flock 9
if is_built; then exit 0; fi
[ "$(id -u)" = 0 ] || fail 'apt needs root'
mkdir -p "$work"
step download
step unpack
export GOROOT=$work/root/usr/lib/go-1.19 GOPATH=$work/go GOCACHE=$work/gocache GOTMPDIR=$work/tmp HOME=$work \
  GO111MODULE=off CGO_ENABLED=0 GOFLAGS='' GOPROXY=off GOENV=off
export PATH=$GOROOT/bin:$PATH
mkdir -p "$GOTMPDIR"
cd "$work/go/src/k8s.io/kubernetes"
step generate_openapi
step compile
rm -rf "$work"
say 'built'
